import { useWords } from '../i18n/use-words'

/** How much of the list is loaded, the shortcuts, and the time zone. */
export function QueueFooter({
  loaded,
  whole,
  loading,
}: {
  loaded: number | undefined
  whole: boolean
  loading: boolean
}) {
  const { t } = useWords()
  const n = loaded?.toLocaleString('en-US')
  return (
    <footer className="foot">
      {n !== undefined && <span data-testid="loaded">{whole ? t('queue.all', { n }) : t('queue.loaded', { n })}</span>}
      {!whole && <span>{loading ? t('queue.moreLoading') : t('queue.more')}</span>}
      <span className="grow" />
      <span className="keys">
        <kbd>/</kbd> <kbd>j</kbd> <kbd>k</kbd> <kbd>x</kbd> <kbd>↵</kbd> {t('queue.keys')}
      </span>
      <span>{t('beijing')}</span>
    </footer>
  )
}
