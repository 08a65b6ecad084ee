import { Radio, Select } from 'antd'
import { useId, useState } from 'react'
import type { ConnectableMarketplace, SaveAppRequest } from '../api/schema'
import { Copyable } from '../components/copyable'
import { FormDialog } from '../components/form-dialog'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import type { Typed } from './key-fields'
import { KeyFields, isComplete } from './key-fields'
import { useAuthorise, useConnectByKeys, useMarketplaces } from './store-changes'

/** Adds a store: marketplace, app, then its own page or typed keys. */
export function AddStoreDialog({ close }: { close: () => void }) {
  const { t, say } = useWords()
  const id = useId()
  const { data, error } = useMarketplaces()
  const [chosen, setChosen] = useState<string>()
  const [app, setApp] = useState<number | 'new'>()
  const [byKeys, setByKeys] = useState(false)
  const [typedApp, setTypedApp] = useState<Typed>({})
  const [typed, setTyped] = useState<Typed>({})
  const [name, setName] = useState('')
  const authorise = useAuthorise()
  const connect = useConnectByKeys()
  const items = data?.items ?? []
  const one = items.find(({ marketplace }) => marketplace === (chosen ?? items[0]?.marketplace))
  const appId = app ?? one?.apps[0]?.id ?? 'new'
  const hasPage = one !== undefined && mayHavePage(one, appId)
  const keys = byKeys || !hasPage
  const appReady = one !== undefined && (appId !== 'new' || isComplete(one.appFields, typedApp))
  const ready = appReady && (!keys || (isComplete(one.storeFields, typed) && name.trim() !== ''))
  const submit = (): void => {
    if (one === undefined) return
    const { marketplace } = one
    const entered = appId === 'new' ? ({ marketplace, ...typedApp } as SaveAppRequest) : appId
    if (!keys) authorise.mutate({ app: entered })
    else connect.mutate({ shop: '', ...typed, name: name.trim(), app: entered }, { onSuccess: close })
  }
  return (
    <FormDialog
      title={t('connect.addTitle')}
      submit={t(keys ? 'connect.connectKeys' : 'connect.goToPage')}
      ready={ready}
      pending={authorise.isPending || connect.isPending}
      error={error ?? (keys ? connect.error : authorise.error)}
      onSubmit={submit}
      onCancel={close}
    >
      <div className="field">
        <label htmlFor={`${id}-marketplace`}>{t('connect.marketplace')}</label>
        <Select
          id={`${id}-marketplace`}
          value={one?.marketplace ?? null}
          onChange={(value) => {
            setChosen(value ?? undefined)
            setApp(undefined)
            setTypedApp({})
            setTyped({})
          }}
          options={items.map(({ marketplace, name: title }) => ({ value: marketplace, label: say(title) }))}
        />
      </div>
      {one !== undefined && (
        <>
          <div className="field">
            <label htmlFor={`${id}-app`}>{t('connect.app')}</label>
            <Select
              id={`${id}-app`}
              value={appId}
              onChange={setApp}
              options={[
                ...one.apps.map(({ id: value, appKey }) => ({ value, label: appKey })),
                { value: 'new' as const, label: t('connect.newApp') },
              ]}
            />
          </div>
          {appId === 'new' && <KeyFields fields={one.appFields} typed={typedApp} onChange={setTypedApp} />}
          {hasPage && (
            <fieldset className="field">
              <legend>{t('connect.way')}</legend>
              <Radio.Group
                aria-label={t('connect.way')}
                value={byKeys}
                onChange={({ target }) => setByKeys(target.value === true)}
                options={[
                  { value: false, label: t('connect.byPage') },
                  { value: true, label: t('connect.byKeys') },
                ]}
              />
            </fieldset>
          )}
          {keys && (
            <>
              <KeyFields fields={one.storeFields} typed={typed} onChange={setTyped} />
              <Field
                label={t('connect.name')}
                hint={t('connect.nameHint')}
                value={name}
                onChange={setName}
                autoComplete="off"
              />
            </>
          )}
          {!keys && <PageLead one={one} />}
        </>
      )}
    </FormDialog>
  )
}

/** A new app has a page as soon as its fields are typed. */
const mayHavePage = ({ authorisation, apps }: ConnectableMarketplace, app: number | 'new'): boolean =>
  authorisation !== null && (app === 'new' || apps.find(({ id }) => id === app)?.hasPage === true)

function PageLead({ one: { authorisation } }: { one: ConnectableMarketplace }) {
  const { t, say } = useWords()
  if (authorisation === null) return null
  return (
    <div className="faint">
      <p>{t('connect.pageLead')}</p>
      <p>{say(authorisation.hint)}</p>
      <p>
        {t('connect.callback')} <Copyable text={authorisation.returnUrl} />
      </p>
    </div>
  )
}
