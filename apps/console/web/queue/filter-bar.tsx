import { Segmented, Select } from 'antd'
import { codesOf, useWords } from '../i18n/use-words'
import { AssigneeFilter } from '../teamwork/assignee-filter'
import { DueFilter } from './due-filter'
import { isNarrowed, withoutFilters } from './queue-address'
import type { QueueAddress, Sort } from './queue-address'
import { RiskFilter } from './risk-filter'

export interface FilterBarProps {
  address: QueueAddress
  go: (next: QueueAddress) => void
}

export function FilterBar({ address, go }: FilterBarProps) {
  const { t, meta, name, marketplace } = useWords()
  const stores = (meta?.stores ?? []).filter(
    (store) => address.marketplace === undefined || store.marketplace === address.marketplace,
  )
  const codes = (section: 'kinds' | 'statuses') =>
    codesOf(section).map((code) => ({ value: code, label: name(section, code) }))

  return (
    <>
      <Select
        className={address.marketplace === undefined ? 'filter' : 'filter filter-on'}
        aria-label={t('queue.marketplace')}
        placeholder={t('queue.marketplace')}
        allowClear
        popupMatchSelectWidth={false}
        value={address.marketplace ?? null}
        onChange={(id: string | null | undefined) => go({ ...address, marketplace: id ?? undefined, store: [] })}
        options={(meta?.marketplaces ?? []).map(({ id }) => ({ value: id, label: marketplace(id) }))}
      />
      <MultiSelect
        word={t('queue.store')}
        value={address.store}
        change={(store) => go({ ...address, store })}
        options={stores.map((store) => ({ value: store.id, label: store.name }))}
      />
      <MultiSelect
        word={t('queue.kind')}
        value={address.kind}
        change={(kind) => go({ ...address, kind })}
        options={codes('kinds')}
      />
      <MultiSelect
        word={t('queue.status')}
        value={address.status}
        change={(status) => go({ ...address, status })}
        options={codes('statuses')}
      />
      <AssigneeFilter value={address.assignee} change={(assignee) => go({ ...address, assignee })} />
      <DueFilter address={address} go={go} />
      <RiskFilter address={address} go={go} />
      {isNarrowed(address) && (
        <button type="button" className="plain link" onClick={() => go(withoutFilters(address))}>
          {t('queue.clear')}
        </button>
      )}
      <span className="grow" />
      <Segmented<Sort>
        aria-label={t('queue.sort')}
        value={address.sort}
        onChange={(sort) => go({ ...address, sort })}
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
