import { useState } from 'react'
import type { TimelineEvent } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { RawText } from '../components/raw-text'
import { Skeleton } from '../components/skeleton'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'
import { useMessage } from './case-queries'
import { Changes } from './changes'

/** An event that was recorded more than a minute after it happened is marked as late: that explains decisions that look wrong today. */
const LATE_AFTER_MS = 60_000

/** One event: when, what happened, what it changed, and on demand the message that reported it. */
export function TimelineEntry({ event }: { event: TimelineEvent }) {
  const { t, say, nameOfCode, span } = useWords()
  const [isMessageShown, setIsMessageShown] = useState(false)
  const delayMs = Date.parse(event.recordedAt) - Date.parse(event.at)
  return (
    <li className="event">
      <div className="event-head">
        <time className="number" dateTime={event.at}>
          {fullInstant(event.at)}
        </time>
        <span className="faint" title={t('timeline.version', { n: event.version })}>
          #{event.version}
        </span>
        {delayMs > LATE_AFTER_MS && (
          <span className="faint" title={t('timeline.recorded', { at: fullInstant(event.recordedAt) })}>
            {t('timeline.late', { span: span(delayMs) })}
          </span>
        )}
        <span className="grow" />
        {event.message === null ? (
          <span className="faint">{t('timeline.noMessage')}</span>
        ) : (
          <button
            type="button"
            className="plain link"
            aria-expanded={isMessageShown}
            onClick={() => setIsMessageShown(!isMessageShown)}
          >
            {isMessageShown ? t('timeline.hideRaw') : t('timeline.raw')}
          </button>
        )}
      </div>
      <div className="event-said" title={nameOfCode('events', event.type)}>
        {say(event.summary)}
      </div>
      <Changes changes={event.changes} />
      {isMessageShown && event.message !== null && <MessageOfEvent id={event.message.id} />}
    </li>
  )
}

function MessageOfEvent({ id }: { id: string }) {
  const { data, error, refetch } = useMessage(id)
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={3} />
  return <RawText channel={data.channel} receivedAt={data.receivedAt} bytes={data.bytes} text={data.text} />
}
