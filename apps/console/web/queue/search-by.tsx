import { Select } from 'antd'
import { useWords } from '../i18n/use-words'
import { SEARCHES } from './search-term'
import type { SearchBy } from './search-term'

export interface SearchByProps {
  value: SearchBy | undefined
  change: (next: SearchBy | undefined) => void
}

/** The kind of the search; undefined: it is guessed from the text. */
export function SearchBySelect({ value, change }: SearchByProps) {
  const { t } = useWords()
  return (
    <Select<SearchBy | 'auto'>
      className="search-by"
      aria-label={t('search.label')}
      popupMatchSelectWidth={false}
      value={value ?? 'auto'}
      onChange={(next) => change(next === 'auto' ? undefined : next)}
      options={[
        { value: 'auto', label: t('search.auto') },
        ...SEARCHES.map((kind) => ({ value: kind, label: t(`search.by.${kind}`) })),
      ]}
    />
  )
}
