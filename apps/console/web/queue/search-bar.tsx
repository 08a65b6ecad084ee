import type { InputRef } from 'antd'
// Not from the index: the fields for passwords and codes would come with it.
import Input from 'antd/es/input/Input'
import { useEffect, useRef, useState } from 'react'
import { isTyping } from '../components/is-typing'
import { TimeRange } from '../components/time-range'
import { useWords } from '../i18n/use-words'
import { latePart } from '../shell/late-part'
import type { SearchByProps } from './search-by'
import { guessSearchBy } from './search-term'
import type { SearchBy } from './search-term'
import type { SearchState } from './use-search'

const SearchBySelect = latePart(
  () => import('./search-by'),
  'SearchBySelect',
  (_: SearchByProps) => <span className="search-by search-by-waiting" />,
)

/** One bar for the four searches (R169). It guesses the kind from the text; a kind chosen by hand is kept. */
export function SearchBar({ search }: { search: SearchState }) {
  const { t } = useWords()
  const field = useRef<InputRef>(null)
  const [text, setText] = useState(search.text)
  const [chosen, setChosen] = useState<SearchBy | undefined>(search.by)
  const isChosenByHand = useRef(false)
  const by = chosen ?? guessSearchBy(text)

  // The address bar decides: back and forward, a link, “back to the queue”.
  useEffect(() => {
    setText(search.text)
    setChosen(search.by)
    if (search.by === undefined) isChosenByHand.current = false
  }, [search.by, search.text])

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus({ cursor: 'all' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  return (
    <form
      role="search"
      className="search"
      aria-label={t('search.label')}
      onSubmit={(event) => {
        event.preventDefault()
        if (by !== undefined && by !== 'applied' && text.trim() !== '') search.start(by, text.trim())
      }}
    >
      <SearchBySelect
        value={by}
        change={(next) => {
          isChosenByHand.current = next !== undefined
          setChosen(next)
        }}
      />
      {by === 'applied' ? (
        <TimeRange
          className="search-field"
          placeholder={[t('search.from'), t('search.to')]}
          from={search.from}
          to={search.to}
          change={(from, to) => {
            if (from === undefined && to === undefined) search.clear()
            else search.start('applied', '', from, to)
          }}
        />
      ) : (
        <Input
          ref={field}
          className="search-field"
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          placeholder={chosen === undefined ? t('search.any') : t(`search.hint.${chosen}`)}
          aria-label={by === undefined ? t('search.any') : t(`search.by.${by}`)}
          value={text}
          suffix={<kbd>/</kbd>}
          onChange={(event) => {
            setText(event.target.value)
            // The kind of the previous search was a guess about another text.
            if (!isChosenByHand.current) setChosen(undefined)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') field.current?.blur()
          }}
        />
      )}
      {/* Without a submit button Enter does nothing: the select beside the input counts as a second field. */}
      <button type="submit" className="unseen" tabIndex={-1}>
        {t('search.go')}
      </button>
    </form>
  )
}
