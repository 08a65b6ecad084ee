import { Input } from 'antd'
import { useId } from 'react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'password'
  autoComplete?: string
  hint?: string
  autoFocus?: boolean
}

/** A labelled text field. */
export function Field({ label, value, onChange, type = 'text', autoComplete, hint, autoFocus = false }: Props) {
  const id = useId()
  const Control = type === 'password' ? Input.Password : Input
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Control
        id={id}
        value={value}
        autoFocus={autoFocus}
        onChange={({ target }) => onChange(target.value)}
        {...(autoComplete === undefined ? {} : { autoComplete })}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="faint">
          {hint}
        </p>
      )}
    </div>
  )
}
