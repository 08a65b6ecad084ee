import { Tooltip } from 'antd'
import { fullInstant } from '../time/instants'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'

/** How long ago, by the server's clock; the instant itself on hover. */
export function Ago({ at, missing }: { at: string | null; missing?: string }) {
  const { t, span } = useWords()
  const now = useServerSecond()
  if (at === null) return <span className="faint">{missing ?? t('none')}</span>
  return (
    <Tooltip title={fullInstant(at)} mouseEnterDelay={0.25}>
      <time dateTime={at}>{t('ago', { span: span(Math.max(0, now - Date.parse(at)), true) })}</time>
    </Tooltip>
  )
}
