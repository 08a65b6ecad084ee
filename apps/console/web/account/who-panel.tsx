import { Button } from 'antd'
import { useState } from 'react'
import type { Account } from '../api/schema'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { StoreNames } from '../components/store-names'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { useMe } from '../session/use-me'
import { useRename } from './account-queries'

/** Login, name, role and stores. Only the name is one's own to change. */
export function WhoPanel({ account }: { account: Account }) {
  const { t } = useWords()
  const { data: me } = useMe()
  const [name, setName] = useState<string | undefined>()
  const rename = useRename()
  const close = (): void => {
    setName(undefined)
    rename.reset()
  }
  const role = me?.role ?? null
  return (
    <Panel title={t('account.who')}>
      <dl className="account-facts">
        <dt>{t('account.login')}</dt>
        <dd>{account.login}</dd>
        {name === undefined && (
          <>
            <dt>{t('account.name')}</dt>
            <dd>
              {account.displayName}{' '}
              <button type="button" className="plain link" onClick={() => setName(account.displayName)}>
                {t('account.rename')}
              </button>
            </dd>
          </>
        )}
        <dt>{t('account.organisation')}</dt>
        <dd>{account.organisations.map((organisation) => organisation.name).join(t('comma'))}</dd>
        {role !== null && (
          <>
            <dt>{t('account.role')}</dt>
            <dd>
              {t(`role.${role}`)} <span className="faint">{t(`people.roleHint.${role}`)}</span>
            </dd>
          </>
        )}
        <dt>{t('account.stores')}</dt>
        <dd>
          <StoreNames stores={me?.stores ?? null} />
        </dd>
      </dl>
      {name !== undefined && (
        <form
          className="account-form"
          onSubmit={(event) => {
            event.preventDefault()
            rename.mutate(name.trim(), { onSuccess: close })
          }}
        >
          <Field label={t('account.name')} value={name} onChange={setName} autoComplete="name" autoFocus />
          {rename.error !== null && <ProblemNotice error={rename.error} />}
          <div className="buttons">
            <Button type="primary" htmlType="submit" loading={rename.isPending} disabled={name.trim() === ''}>
              {t('account.save')}
            </Button>
            <Button onClick={close}>{t('session.cancel')}</Button>
          </div>
        </form>
      )}
    </Panel>
  )
}
