import { Select } from 'antd'
import { useId } from 'react'
import { StoreChoice } from '../components/store-choice'
import { useWords } from '../i18n/use-words'
import { sessionTexts } from '../i18n/session-texts'
import type { Rights } from './people-queries'

const ROLES = Object.keys(sessionTexts.role) as (keyof typeof sessionTexts.role)[]

interface Props {
  value: Rights
  onChange: (rights: Rights) => void
}

/** The role, with what it may do, and the stores. */
export function RightsFields({ value, onChange }: Props) {
  const { t } = useWords()
  const id = useId()
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{t('people.role')}</label>
        <Select
          id={id}
          value={value.role}
          onChange={(role) => onChange({ ...value, role })}
          aria-describedby={`${id}-hint`}
          options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
        <p id={`${id}-hint`} className="faint">
          {t(`people.roleHint.${value.role}`)}
        </p>
      </div>
      <StoreChoice value={value.stores} onChange={(stores) => onChange({ ...value, stores })} />
    </>
  )
}

/** A person who may see only some stores needs at least one. */
export const areUsable = ({ stores }: Rights): boolean => stores === null || stores.length > 0
