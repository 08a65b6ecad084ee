import { useMutation } from '@tanstack/react-query'
import type { MenuProps } from 'antd'
import { useAccount } from '../account/account-queries'
import { api, dataOf } from '../api/client'
import { useWords } from '../i18n/use-words'
import { loadForOrganisation } from './organisation-change'
import { useMe } from './use-me'

/** The other organisations of the reader as items of a menu; none for a person of one. */
export function useOrganisationSwitch() {
  const { t } = useWords()
  const { data: me } = useMe()
  const { data: account } = useAccount(me?.kind === 'person')
  const change = useMutation({
    mutationFn: (organisation: string) => dataOf(api.POST('/api/session/organisation', { body: { organisation } })),
    onSuccess: loadForOrganisation,
  })
  const others = (account?.organisations ?? []).filter(({ slug }) => slug !== me?.organisation.slug)
  const items: MenuProps['items'] = others.map(({ slug, name }) => ({
    key: `to ${slug}`,
    label: t('session.switchTo', { organisation: name }),
    onClick: () => change.mutate(slug),
  }))
  return { items, change }
}
