import { DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useMemo } from 'react'
import type { MetricDefinition } from '../api/schema'
import { codesOf, useWords } from '../i18n/use-words'
import type { AnalyticsAddress } from './analytics-address'
import { GRAINS, TOPICS, type Topic } from './analytics-address'

interface Props {
  at: AnalyticsAddress
  go: (next: AnalyticsAddress) => void
  metric: MetricDefinition | undefined
}

/** Days, grain, stores, kinds, and by what it is divided. Another choice closes the list of cases. */
export function FigureFilters({ at, go, metric }: Props) {
  const { t, say, meta, name } = useWords()
  // The picker drops half-typed text whenever its value is another object, even an equal one.
  const range = useMemo(() => [dayjs(at.from), dayjs(at.until)] as const, [at.from, at.until])
  const change = (next: Partial<AnalyticsAddress>): void => go({ ...at, cell: undefined, ...next })
  return (
    <div className="audit-filters" role="group" aria-label={t('audit.filters')}>
      <Segmented
        aria-label={t('analytics.topics')}
        value={at.topic}
        options={(Object.keys(TOPICS) as Topic[]).map((value) => ({ value, label: t(`analytics.${value}`) }))}
        onChange={(topic: Topic) => change({ topic, metric: TOPICS[topic][0], dimension: undefined })}
      />
      <DatePicker.RangePicker
        aria-label={t('analytics.range')}
        allowClear={false}
        value={[range[0], range[1]]}
        onChange={(next) => {
          const [from, until] = [next?.[0]?.format('YYYY-MM-DD'), next?.[1]?.format('YYYY-MM-DD')]
          if (from !== undefined && until !== undefined) change({ from, until })
        }}
      />
      <Segmented
        aria-label={t('analytics.grain')}
        value={at.grain}
        options={GRAINS.map((value) => ({ value, label: t(`analytics.${value}`) }))}
        onChange={(grain) => change({ grain })}
      />
      <Select
        mode="multiple"
        maxTagCount={1}
        className="filter-wide"
        aria-label={t('analytics.anyStore')}
        placeholder={t('analytics.anyStore')}
        optionFilterProp="label"
        value={[...at.stores]}
        onChange={(stores: string[]) => change({ stores })}
        options={(meta?.stores ?? []).map((store) => ({ value: store.id, label: store.name }))}
      />
      <Select
        mode="multiple"
        maxTagCount={1}
        className="filter-wide"
        aria-label={t('analytics.anyKind')}
        placeholder={t('analytics.anyKind')}
        optionFilterProp="label"
        value={[...at.kinds]}
        onChange={(kinds: string[]) => change({ kinds })}
        options={codesOf('kinds').map((kind) => ({ value: kind, label: name('kinds', kind) }))}
      />
      <Select
        className="filter-wide"
        aria-label={t('analytics.divide')}
        value={at.dimension ?? ''}
        onChange={(dimension: string) => change({ dimension: dimension === '' ? undefined : dimension })}
        options={[
          { value: '', label: t('analytics.undivided') },
          ...(metric?.dimensions ?? []).map((one) => ({ value: one.name, label: say(one.label) })),
        ]}
      />
    </div>
  )
}
