import { Alert, Button, Checkbox } from 'antd'
import { useState, type ReactNode } from 'react'
import { Problem } from '../api/problem'
import type { Batch } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { yuanText } from '../components/yuan'
import { useWords } from '../i18n/use-words'
import { fullInstant } from '../time/instants'
import { useServerSecond } from '../time/server-clock'
import { useStart } from './batch-queries'
import { RefusedGroups } from './refused-groups'

interface Props {
  batch: Batch
  /** Draws the preview again, with what was typed; absent: what was typed is gone. */
  again?: { readonly run: () => void; readonly isPending: boolean; readonly error: unknown }
  onStarted: () => void
  children?: ReactNode
}

/** What a frozen set will do: how many cases, how much money, what is refused and why, and what must be read before. */
export function BatchPreview({ batch, again, onStarted, children }: Props) {
  const { t } = useWords()
  const [isRead, setIsRead] = useState(false)
  const start = useStart()
  const isOver = useServerSecond() > Date.parse(batch.expiresAt) || batch.state === 'expired'
  const { toSend, warnings } = batch
  const isStale = isOver || isOutdated(start.error)
  const canStart = !isStale && toSend > 0 && (warnings.length === 0 || isRead)
  const confirmed = { cases: toSend, totalFen: batch.totalFen, warnings: warnings.map(({ warning }) => warning) }
  return (
    <div className="batch-preview">
      <Effect batch={batch} />
      <RefusedGroups batch={batch} />
      {warnings.length > 0 && <Warnings batch={batch} isRead={isRead} setIsRead={setIsRead} />}
      {isOver && <Alert type="warning" showIcon title={t(again ? 'batches.expired' : 'batches.expiredHere')} />}
      {start.error !== null && <ProblemNotice error={start.error} />}
      {again !== undefined && again.error !== null && <ProblemNotice error={again.error} />}
      <div className="batch-buttons">
        {children}
        {isStale && again !== undefined ? (
          <Button type="primary" loading={again.isPending} onClick={again.run}>
            {t('batches.previewAgain')}
          </Button>
        ) : (
          <Button
            type="primary"
            disabled={!canStart}
            loading={start.isPending}
            onClick={() => start.mutate({ id: batch.id, confirmed }, { onSuccess: onStarted })}
          >
            {t('batches.start', { n: toSend.toLocaleString('en-US') })}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The set is no longer what was shown: only a new preview helps. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Problem && ['batch-expired', 'batch-differs', 'not-found'].includes(error.code ?? '')

function Effect({ batch }: { batch: Batch }) {
  const { t } = useWords()
  const { toSend, totalFen, unknownAmounts, byHand, missing, needsProof } = batch
  const count = (n: number): { n: string } => ({ n: n.toLocaleString('en-US') })
  const money = totalFen === 0 && unknownAmounts === 0 ? t('batches.costsNothing') : ''
  return (
    <>
      <p className="batch-effect">
        <b>{toSend === 0 ? t('batches.nothingToSend') : t('batches.toSend', count(toSend))}</b>
        {toSend > 0 && <span>{money || t('batches.costs', { amount: yuanText(totalFen) ?? t('none') })}</span>}
      </p>
      <ul className="batch-facts">
        {unknownAmounts > 0 && <li>{t('batches.costsUnknown', count(unknownAmounts))}</li>}
        {byHand > 0 && <li>{t('batches.byHand', count(byHand))}</li>}
        {missing > 0 && <li>{t('batches.missing', count(missing))}</li>}
        {needsProof && <li>{t('batches.proof')}</li>}
        {toSend > 0 && <li>{t('batches.validUntil', { at: fullInstant(batch.expiresAt) ?? '' })}</li>}
      </ul>
    </>
  )
}

function Warnings({
  batch,
  isRead,
  setIsRead,
}: {
  batch: Batch
  isRead: boolean
  setIsRead: (isRead: boolean) => void
}) {
  const { t, name } = useWords()
  return (
    <Alert
      type="warning"
      showIcon
      title={t('batches.warnings')}
      description={
        <>
          <ul>
            {batch.warnings.map(({ warning, cases }) => (
              <li key={warning}>
                {t('batches.warningFor', { warning: name('warnings', warning), n: cases.toLocaleString('en-US') })}
              </li>
            ))}
          </ul>
          <Checkbox checked={isRead} onChange={({ target }) => setIsRead(target.checked)}>
            {t('batches.confirmed')}
          </Checkbox>
        </>
      }
    />
  )
}
