import { Button, Input, Select } from 'antd'
import { useWords } from '../i18n/use-words'
import { sessionTexts } from '../i18n/session-texts'
import type { Role } from '../api/schema'

export interface RoleValue {
  readonly value: string
  readonly role: Role
}

const ROLES = Object.keys(sessionTexts.role) as Role[]

interface Props {
  values: readonly RoleValue[]
  onChange: (values: readonly RoleValue[]) => void
}

/** Which role may log in with which value of the claim. */
export function RoleValues({ values, onChange }: Props) {
  const { t } = useWords()
  const change = (at: number, part: Partial<RoleValue>): void =>
    onChange(values.map((one, n) => (n === at ? { ...one, ...part } : one)))
  return (
    <fieldset className="field">
      <legend>{t('signOn.roleValues')}</legend>
      {values.map(({ value, role }, at) => (
        <div className="buttons role-value" key={at}>
          <Input
            aria-label={t('signOn.value')}
            placeholder={t('signOn.value')}
            value={value}
            onChange={({ target }) => change(at, { value: target.value })}
          />
          <Select
            aria-label={t('people.role')}
            value={role}
            onChange={(next) => change(at, { role: next })}
            options={ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          />
          <Button
            aria-label={`${t('signOn.removeValue')} ${value}`}
            onClick={() => onChange(values.filter((_, n) => n !== at))}
          >
            {t('signOn.removeValue')}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...values, { value: '', role: 'after-sale-agent' }])}>
        {t('signOn.addValue')}
      </Button>
    </fieldset>
  )
}
