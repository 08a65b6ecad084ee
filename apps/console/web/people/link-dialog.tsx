import type { OneTimeLink } from '../api/schema'
import { ShownOnce } from '../components/shown-once'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'

interface Props {
  purpose: 'invite' | 'reset'
  link: OneTimeLink
  close: () => void
}

/** A one-time link under the address by which the reader has opened the page: colleagues reach it there, too. */
export function LinkDialog({ purpose, link, close }: Props) {
  const { t } = useWords()
  return (
    <ShownOnce
      title={t(`people.linkFor.${purpose}`)}
      lead={t('people.linkLead', { until: fullInstant(link.expiresAt)?.slice(0, -3) ?? '' })}
      label={t(`people.linkFor.${purpose}`)}
      text={`${window.location.origin}${link.path}`}
      onClose={close}
    />
  )
}
