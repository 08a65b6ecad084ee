import { useMutation } from '@tanstack/react-query'
import { Alert, Checkbox } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import type { NotLinkedPerson, OidcSettings } from '../api/schema'
import { Copyable } from '../components/copyable'
import { FormDialog } from '../components/form-dialog'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { type RoleValue, RoleValues } from './role-values'

interface Props {
  settings: OidcSettings | null
  redirectUrl: string
  /** Colleagues who could not log in any more if it were required. */
  notLinked: readonly NotLinkedPerson[]
  saved: () => Promise<void>
  close: () => void
}

/** What is entered here and at the provider. The secret is never shown; left empty, it stays. */
export function SignOnDialog({ settings, redirectUrl, notLinked, saved, close }: Props) {
  const { t } = useWords()
  const [issuer, setIssuer] = useState(settings?.issuer ?? '')
  const [clientId, setClientId] = useState(settings?.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [domains, setDomains] = useState(settings?.emailDomains.join(', ') ?? '')
  const [roleClaim, setRoleClaim] = useState(settings?.roleClaim ?? '')
  const [roleValues, setRoleValues] = useState<readonly RoleValue[]>(settings?.roleValues ?? [])
  const [required, setRequired] = useState(settings?.required ?? false)
  const save = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/api/oidc', {
          body: {
            ...{ issuer: issuer.trim(), clientId: clientId.trim(), required },
            ...(clientSecret === '' ? {} : { clientSecret }),
            emailDomains: [...new Set(domains.toLowerCase().split(/[\s,，、]+/))].filter((domain) => domain !== ''),
            roleClaim: roleClaim.trim() === '' ? null : roleClaim.trim(),
            roleValues: roleClaim.trim() === '' ? [] : roleValues.filter(({ value }) => value !== ''),
          },
        }),
      ),
    onSuccess: () => saved().then(close),
  })
  return (
    <FormDialog
      title={t('signOn.setUp')}
      lead={t('signOn.setUpLead')}
      submit={t('people.save')}
      ready={issuer.trim() !== '' && clientId.trim() !== '' && (settings !== null || clientSecret !== '')}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onCancel={close}
    >
      <div className="field break">
        <span>{t('signOn.redirectUrl')}</span>
        <Copyable text={redirectUrl} />
      </div>
      <Field label={t('signOn.issuer')} value={issuer} onChange={setIssuer} hint={t('signOn.issuerHint')} autoFocus />
      <Field label={t('signOn.clientId')} value={clientId} onChange={setClientId} autoComplete="off" />
      <Field
        label={t('signOn.clientSecret')}
        value={clientSecret}
        onChange={setClientSecret}
        type="password"
        autoComplete="off"
        {...(settings === null ? {} : { hint: t('signOn.clientSecretHint') })}
      />
      <Field label={t('signOn.domains')} value={domains} onChange={setDomains} hint={t('signOn.domainsHint')} />
      <Field label={t('signOn.roleClaim')} value={roleClaim} onChange={setRoleClaim} hint={t('signOn.roleClaimHint')} />
      {roleClaim.trim() !== '' && <RoleValues values={roleValues} onChange={setRoleValues} />}
      <Checkbox checked={required} onChange={({ target }) => setRequired(target.checked)}>
        {t('signOn.required')}
      </Checkbox>
      <p className="faint">{t('signOn.requiredHint')}</p>
      {required && notLinked.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('signOn.notLinkedYet', { n: notLinked.length })}
          description={notLinked.map(({ login, displayName }) => `${displayName} (${login})`).join('、')}
        />
      )}
    </FormDialog>
  )
}
