import { Segmented, Select } from 'antd'
import { codesOf, useWords } from '../i18n/use-words'
import { DueFilter } from './due-filter'
import { isNarrowed, widened } from './queue-address'
import type { QueueAddress, Sort } from './queue-address'
import { RiskFilter } from './risk-filter'

interface Props {
  at: QueueAddress
  go: (next: QueueAddress) => void
}

export function FilterBar({ at, go }: Props) {
  const { t, meta, name, marketplace } = useWords()
  const stores = (meta?.stores ?? []).filter(
    (store) => at.marketplace === undefined || store.marketplace === at.marketplace,
  )
  const codes = (section: 'kinds' | 'statuses') =>
    codesOf(section).map((code) => ({ value: code, label: name(section, code) }))

  return (
    <>
      <Select
        className={at.marketplace === undefined ? 'filter' : 'filter filter-on'}
        aria-label={t('queue.marketplace')}
        placeholder={t('queue.marketplace')}
        allowClear
        popupMatchSelectWidth={false}
        value={at.marketplace ?? null}
        onChange={(id: string | null | undefined) => go({ ...at, marketplace: id ?? undefined, store: [] })}
        options={(meta?.marketplaces ?? []).map(({ id }) => ({ value: id, label: marketplace(id) }))}
      />
      <MultiSelect
        word={t('queue.store')}
        value={at.store}
        change={(store) => go({ ...at, store })}
        options={stores.map((store) => ({ value: store.id, label: store.name }))}
      />
      <MultiSelect
        word={t('queue.kind')}
        value={at.kind}
        change={(kind) => go({ ...at, kind })}
        options={codes('kinds')}
      />
      <MultiSelect
        word={t('queue.status')}
        value={at.status}
        change={(status) => go({ ...at, status })}
        options={codes('statuses')}
      />
      <DueFilter at={at} go={go} />
      <RiskFilter at={at} go={go} />
      {isNarrowed(at) && (
        <button type="button" className="plain link" onClick={() => go(widened(at))}>
          {t('queue.clear')}
        </button>
      )}
      <span className="grow" />
      <Segmented<Sort>
        aria-label={t('queue.sort')}
        value={at.sort}
        onChange={(sort) => go({ ...at, sort })}
        options={[
          { value: 'deadline', label: t('queue.byDeadline') },
          { value: 'risk', label: t('queue.byRisk') },
        ]}
      />
    </>
  )
}

interface MultiSelectProps {
  word: string
  value: string[]
  change: (next: string[]) => void
  options: { value: string; label: string }[]
}

/** One or several of a list. The choice is shown in one short text, so that the bar keeps its shape. */
function MultiSelect({ word, value, change, options }: MultiSelectProps) {
  const only = options.find((option) => option.value === value[0])?.label ?? value[0]
  return (
    <Select
      className={value.length === 0 ? 'filter' : 'filter filter-on'}
      aria-label={word}
      mode="multiple"
      placeholder={word}
      allowClear
      maxTagCount={0}
      maxTagPlaceholder={value.length === 1 ? only : `${word} · ${value.length}`}
      popupMatchSelectWidth={false}
      optionFilterProp="label"
      value={value}
      onChange={change}
      options={options}
    />
  )
}
