import { Select } from 'antd'
import { TimeRange } from '../components/time-range'
import { ANONYMOUS, AUDIT_WORDS } from '../i18n/audit-words'
import { useWords } from '../i18n/use-words'
import { isFiltered, type AuditAddress } from './audit-address'
import type { AuditNames } from './audit-queries'

interface Props {
  at: AuditAddress
  go: (next: AuditAddress) => void
  names: AuditNames
}

/** Filters by actor, action and time; the subject is chosen in a row of the list. */
export function AuditFilters({ at, go, names }: Props) {
  const { t, say } = useWords()
  const optionsOf = (map: ReadonlyMap<string, string>) => [...map].map(([value, label]) => ({ value, label }))
  const actors = [
    { label: t('audit.people'), options: optionsOf(names.people) },
    { label: t('audit.keys'), options: optionsOf(names.keys) },
    { label: t('audit.others'), options: [{ value: ANONYMOUS, label: t('audit.anonymous') }] },
  ].filter(({ options }) => options.length > 0)
  const actions = Object.entries(AUDIT_WORDS).map(([section, { name, actions: words }]) => {
    const single = Object.entries(words).map(([value, word]) => ({ value, label: say(word) }))
    return {
      label: say(name),
      options:
        single.length === 1
          ? single
          : [{ value: `${section}.`, label: t('audit.whole', { section: say(name) }) }, ...single],
    }
  })
  return (
    <div className="audit-filters" role="group" aria-label={t('audit.filters')}>
      <Select
        className={at.actor === undefined ? 'filter' : 'filter filter-on'}
        aria-label={t('audit.actor')}
        placeholder={t('audit.anyActor')}
        allowClear
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        value={at.actor ?? null}
        onChange={(actor: string | null | undefined) => go({ ...at, actor: actor ?? undefined })}
        options={actors}
      />
      <Select
        className={at.action === undefined ? 'filter' : 'filter filter-on'}
        aria-label={t('audit.action')}
        placeholder={t('audit.anyAction')}
        allowClear
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        value={at.action ?? null}
        onChange={(action: string | null | undefined) => go({ ...at, action: action ?? undefined })}
        options={actions}
      />
      <TimeRange
        from={at.from}
        to={at.until}
        change={(from, until) => go({ ...at, from, until })}
        placeholder={[t('audit.from'), t('audit.until')]}
        open
      />
      {isFiltered(at) && (
        <button
          type="button"
          className="plain link"
          onClick={() =>
            go({ actor: undefined, action: undefined, subject: undefined, from: undefined, until: undefined })
          }
        >
          {t('audit.clear')}
        </button>
      )}
    </div>
  )
}
