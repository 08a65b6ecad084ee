import { useEffect } from 'react'
import { useWords } from '../i18n/use-words'
import { useMe } from '../session/use-me'
import { usePresent } from './presence-store'
import { useColleagues } from './teamwork-queries'
import { usePresenceReport } from './use-presence-report'

interface Other {
  readonly id: string
  readonly name: string
  readonly typing: boolean
}

/** Colleagues who have the case open now. */
function useOthers(caseId: string): readonly Other[] {
  const { t } = useWords()
  const { data: me } = useMe()
  const { data: colleagues, refetch } = useColleagues()
  const names = new Map(colleagues?.items.map(({ id, name }) => [id, name]))
  const others = usePresent(caseId).filter(({ id }) => id !== me?.id)
  // Invited after the list was read.
  const hasUnknown = colleagues !== undefined && others.some(({ id }) => !names.has(id))
  useEffect(() => {
    if (hasUnknown) void refetch({ cancelRefetch: false })
  }, [hasUnknown, refetch])
  return others.map(({ id, typing }) => ({ id, typing, name: names.get(id) ?? t('teamwork.colleague') }))
}

/** In a row of the list: an eye where a colleague is in the case already. */
export function PresenceMark({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const others = useOthers(caseId)
  if (others.length === 0) return null
  const typing = others.some((one) => one.typing)
  const names = others.map(({ name }) => name).join(', ')
  const text = t(typing ? 'teamwork.typing' : 'teamwork.looking', { names })
  return (
    <span className={typing ? 'presence presence-typing' : 'presence'} role="img" aria-label={text} title={text}>
      <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden>
        <path d="M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8z" />
        <circle cx="8" cy="8" r="2.2" fill="currentColor" stroke="none" />
      </svg>
      {others.length > 1 && others.length}
    </span>
  )
}

/** On the page of a case: who else is here. The reader is reported to them, too. */
export function PresenceLine({ caseId }: { caseId: string }) {
  const { t } = useWords()
  usePresenceReport(caseId)
  const others = useOthers(caseId)
  const namesOf = (typing: boolean): string =>
    others.flatMap((one) => (one.typing === typing ? one.name : [])).join(', ')
  const [looking, typing] = [namesOf(false), namesOf(true)]
  return (
    <p className={others.length === 0 ? 'unseen' : 'presence-line'} role="status">
      {typing !== '' && <strong>{t('teamwork.typing', { names: typing })}</strong>}
      {typing !== '' && looking !== '' && ' · '}
      {looking !== '' && t('teamwork.looking', { names: looking })}
    </p>
  )
}
