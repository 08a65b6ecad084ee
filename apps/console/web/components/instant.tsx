import { Tooltip } from 'antd'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'

/**
 * An instant of log-in, people, keys and audit, to the minute. Not "… ago": these are real time, while the clock that the page
 * follows can be days ahead in the demonstration.
 */
export function Instant({ at, missing }: { at: string | null; missing?: string }) {
  const { t } = useWords()
  const text = fullInstant(at)
  if (at === null || text === undefined) return <span className="faint">{missing ?? t('none')}</span>
  return (
    <Tooltip title={text} mouseEnterDelay={0.25}>
      <time className="instant" dateTime={at}>
        {text.slice(0, -3)}
      </time>
    </Tooltip>
  )
}
