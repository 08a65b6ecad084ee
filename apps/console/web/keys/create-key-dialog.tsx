import { Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import type { Permission } from '../api/schema'
import { FormDialog } from '../components/form-dialog'
import { ShownOnce } from '../components/shown-once'
import { StoreChoice } from '../components/store-choice'
import { PERMISSION_WORDS, PERMISSIONS } from '../i18n/permission-words'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { useMe } from '../session/use-me'
import { useCreateKey } from './key-queries'

/** Permissions that only people may have; the server refuses them for a key with `not-for-keys`. */
const NOT_FOR_KEYS: readonly Permission[] = [
  'account.own',
  'strategies.grant',
  'personal.reveal',
  'people.write',
  'keys.write',
]
const DAY_MS = 86_400_000
/** At most 364: the server allows a year, and this computer's clock may be ahead. */
const VALID_FOR_DAYS = [7, 30, 90, 180, 364]

/** Creates a key with at most the reader's own rights, and shows its secret once. */
export function CreateKeyDialog({ close }: { close: () => void }) {
  const { t, say } = useWords()
  const { data: me } = useMe()
  const daysId = useId()
  const [label, setLabel] = useState('')
  const [permissions, setPermissions] = useState<Permission[]>([])
  const [stores, setStores] = useState<string[] | null>(me?.stores ?? null)
  const [days, setDays] = useState(90)
  const create = useCreateKey()
  const offered = PERMISSIONS.filter(
    (permission) => !NOT_FOR_KEYS.includes(permission) && me?.permissions.includes(permission),
  )
  if (create.data !== undefined)
    return (
      <ShownOnce
        title={t('keys.secret')}
        lead={t('keys.secretLead')}
        label={create.data.key.label}
        text={create.data.secret}
        onClose={close}
      />
    )
  return (
    <FormDialog
      title={t('keys.createTitle')}
      submit={t('keys.create')}
      ready={label.trim() !== '' && permissions.length > 0 && (stores === null || stores.length > 0)}
      pending={create.isPending}
      error={create.error}
      onSubmit={() =>
        create.mutate({
          label: label.trim(),
          permissions,
          stores,
          // By this computer's clock: the server checks that it is within a year.
          expiresAt: new Date(Date.now() + days * DAY_MS).toISOString(),
        })
      }
      onCancel={close}
    >
      <Field
        label={t('keys.label')}
        value={label}
        onChange={setLabel}
        autoComplete="off"
        hint={t('keys.labelHint')}
        autoFocus
      />
      <fieldset className="field">
        <legend>{t('keys.permissions')}</legend>
        <Checkbox.Group<Permission>
          className="choices"
          value={permissions}
          onChange={setPermissions}
          options={offered.map((value) => ({ value, label: say(PERMISSION_WORDS[value]) }))}
        />
      </fieldset>
      <StoreChoice value={stores} onChange={setStores} />
      <div className="field">
        <label htmlFor={daysId}>{t('keys.validFor')}</label>
        <Select
          id={daysId}
          value={days}
          onChange={setDays}
          options={VALID_FOR_DAYS.map((n) => ({ value: n, label: t('keys.days', { n }) }))}
        />
      </div>
    </FormDialog>
  )
}
