import type { KeyField } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'

export type Typed = Readonly<Partial<Record<KeyField['name'], string>>>

interface Props {
  fields: readonly KeyField[]
  typed: Typed
  onChange: (typed: Typed) => void
}

/** Whether everything is typed, in the form that the marketplace's keys have. */
export const isComplete = (fields: readonly KeyField[], typed: Typed): boolean =>
  fields.every(({ name, pattern }) => new RegExp(`^(?:${pattern})$`, 'u').test(typed[name] ?? ''))

/** The fields of a marketplace's form, as its connector declares them. */
export function KeyFields({ fields, typed, onChange }: Props) {
  const { say } = useWords()
  return fields.map(({ name, label, hint, secret }) => (
    <Field
      key={name}
      label={say(label)}
      hint={say(hint)}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      value={typed[name] ?? ''}
      onChange={(value) => onChange({ ...typed, [name]: value.trim() })}
    />
  ))
}
