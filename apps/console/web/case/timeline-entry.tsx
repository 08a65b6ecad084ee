import { useState } from 'react'
import type { TimelineEvent } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { RawText } from '../components/raw-text'
import { Skeleton } from '../components/skeleton'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'
import { useMessage } from './case-queries'
import { Changes } from './changes'

/** An event recorded later than this after it happened is marked as late: it explains decisions that look wrong today. */
const LATE = 60_000

export function TimelineEntry({ event }: { event: TimelineEvent }) {
  const { t, say, nameOf, span } = useWords()
  const [open, setOpen] = useState(false)
  const late = Date.parse(event.recordedAt) - Date.parse(event.at)
  return (
    <li className="event">
      <div className="event-head">
        <time className="number" dateTime={event.at}>
          {fullInstant(event.at)}
        </time>
        <span className="faint" title={t('timeline.version', { n: event.version })}>
          #{event.version}
        </span>
        {late > LATE && (
          <span className="faint" title={t('timeline.recorded', { at: fullInstant(event.recordedAt) })}>
            {t('timeline.late', { span: span(late) })}
          </span>
        )}
        <span className="grow" />
        {event.message === null ? (
          <span className="faint">{t('timeline.noMessage')}</span>
        ) : (
          <button type="button" className="plain link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('timeline.hideRaw') : t('timeline.raw')}
          </button>
        )}
      </div>
      <div className="event-said" title={nameOf('events', event.type)}>
        {say(event.summary)}
      </div>
      <Changes changes={event.changes} />
      {open && event.message !== null && <Message id={event.message.id} />}
    </li>
  )
}

function Message({ id }: { id: string }) {
  const { data, error, refetch } = useMessage(id)
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={3} />
  return <RawText channel={data.channel} receivedAt={data.receivedAt} bytes={data.bytes} text={data.text} />
}
