import { Tooltip } from 'antd'
import type { NextDeadline } from '../api/schema'
import { fullInstant } from '../time/instants'
import { clockText, urgencyOf } from '../time/remaining'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'

/** Time left by the server's clock; in the tooltip its source and what happens on breach. */
export function Countdown({ due, large = false }: { due: NextDeadline | null; large?: boolean }) {
  const { t, name } = useWords()
  if (due === null) return <span className="countdown faint">{t('due.none')}</span>
  return (
    <Tooltip title={<DueDetails due={due} />} placement="right" mouseEnterDelay={0.35}>
      <div className={large ? 'countdown countdown-large' : 'countdown'}>
        <RemainingTime due={due} />
        <div className="countdown-kind">
          <span className={`source source-${due.source.toLowerCase()}`} aria-hidden />
          <span className="ellipsis">{name('deadlines', due.kind)}</span>
        </div>
      </div>
    </Tooltip>
  )
}

function RemainingTime({ due }: { due: NextDeadline }) {
  const { t, name, span } = useWords()
  const now = useServerSecond()
  const at = Date.parse(due.at)
  const urgency = urgencyOf(at, now)
  return (
    <div className={`time time-${urgency}`} data-urgency={urgency}>
      {urgency === 'overdue' ? (
        <>
          {t('due.overdue', { span: span(now - at) })}
          {due.onBreach !== null && (
            <span className="breach">{t('due.will', { what: name('breaches', due.onBreach) })}</span>
          )}
        </>
      ) : (
        clockText(at - now, t('unit.day'))
      )}
    </div>
  )
}

function DueDetails({ due }: { due: NextDeadline }) {
  const { t, name } = useWords()
  return (
    <dl className="story">
      <dt>{t('case.deadline')}</dt>
      <dd>{name('deadlines', due.kind)}</dd>
      <dt>{t('due.at')}</dt>
      <dd>{fullInstant(due.at)}</dd>
      <dt>{t('due.source')}</dt>
      <dd>{t(`due.sourceOf.${due.source}`)}</dd>
      <dt>{t('due.onBreach')}</dt>
      <dd>
        {due.onBreach === null ? t('due.unknownBreach') : name('breaches', due.onBreach)}
        {due.onBreach !== null && <div className="faint-on-dark">{t('due.predicted')}</div>}
      </dd>
    </dl>
  )
}
