import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'
import { NESTED_FROM, layOutJson } from './json-layout'

interface Props {
  channel: string
  receivedAt: string
  bytes?: number
  text: string
}

/** A message as the marketplace sent it, shown only as text. */
export function RawText({ channel, receivedAt, bytes, text }: Props) {
  const { t } = useWords()
  const pretty = useMemo(() => layOutJson(text), [text])
  const [asReceived, setAsReceived] = useState(false)
  return (
    <div className="raw">
      <div className="raw-head">
        <span>
          {t('raw.channel')} <b>{channel}</b>
        </span>
        <span>
          {t('raw.received')} <b>{fullInstant(receivedAt)}</b>
        </span>
        {bytes !== undefined && <span>{t('raw.bytes', { n: bytes.toLocaleString('en-US') })}</span>}
        <span className="grow" />
        {pretty === undefined ? (
          <span className="faint">{t('raw.notJson')}</span>
        ) : (
          <Segmented
            title={pretty.includes(NESTED_FROM) ? t('raw.nested') : ''}
            size="small"
            value={asReceived ? 'received' : 'pretty'}
            onChange={(shown) => setAsReceived(shown === 'received')}
            options={[
              { value: 'pretty', label: t('raw.pretty') },
              { value: 'received', label: t('raw.asReceived') },
            ]}
          />
        )}
      </div>
      <pre className="raw-text" tabIndex={0}>
        {asReceived || pretty === undefined ? text : pretty}
      </pre>
    </div>
  )
}
