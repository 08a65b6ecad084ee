import { useWords } from '../i18n/use-words'

/** The shape of a list while it loads; it appears after a moment, so that quick answers do not flicker. */
export function Skeleton({ lines = 8 }: { lines?: number }) {
  const { t } = useWords()
  return (
    <div className="waiting" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
