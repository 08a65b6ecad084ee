import { Popover } from 'antd'
import type { MetricDefinition } from '../api/schema'
import { useWords } from '../i18n/use-words'

/** What a figure means, one click away. */
export function Definition({ metric }: { metric: MetricDefinition }) {
  const { t, say } = useWords()
  const { label, description, version, since, rules, exclusions, windowDays, source } = metric
  const lines = [
    ...(windowDays === null ? [] : [t('analytics.window', { days: windowDays })]),
    ...(rules.length === 0 ? [] : [t('analytics.rules', { rules: rules.join(', ') })]),
    ...(exclusions.length === 0 ? [] : [t('analytics.exclusions', { rules: exclusions.join(', ') })]),
    t(`analytics.source.${source}`),
    t('analytics.version', { version, since }),
  ]
  return (
    <Popover
      trigger="click"
      title={say(label)}
      content={
        <div className="definition">
          <p>{say(description)}</p>
          {lines.map((line) => (
            <p key={line} className="faint">
              {line}
            </p>
          ))}
        </div>
      }
    >
      <button
        type="button"
        className="plain definition-mark"
        aria-label={t('analytics.definition', { name: say(label) })}
      >
        ?
      </button>
    </Popover>
  )
}
