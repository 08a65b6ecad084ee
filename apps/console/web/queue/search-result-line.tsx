import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'
import { isPrivate } from './use-search'
import type { SearchState } from './use-search'

/** In place of the tabs while a search is shown: what was searched for, and the way back. */
export function SearchResultLine({ search }: { search: SearchState }) {
  const { t } = useWords()
  if (search.by === undefined) return null
  const title =
    search.by === 'applied'
      ? t('search.resultApplied', { from: fullInstant(search.from) ?? '…', to: fullInstant(search.to) ?? '…' })
      : isPrivate(search.by)
        ? t('search.resultPrivate', { by: t(`search.by.${search.by}`) })
        : t('search.result', { by: t(`search.by.${search.by}`), term: search.text })
  return (
    <div className="tabs-line search-line">
      <h1>{search.term === undefined ? t(`search.by.${search.by}`) : title}</h1>
      <span className="faint">{t('search.including')}</span>
      <span className="grow" />
      <button type="button" className="plain link" onClick={search.clear}>
        ← {t('search.clear')}
      </button>
    </div>
  )
}
