import { Alert, Button } from 'antd'
import type { RunAgainOutcome } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { RawText } from '../components/raw-text'
import { Skeleton } from '../components/skeleton'
import { useMay } from '../session/use-me'
import { useWords } from '../i18n/use-words'
import { useQuarantined, useRunAgain } from './quarantine-queries'

/** The outcomes that take the message out of quarantine. */
const UNDERSTOOD: readonly RunAgainOutcome['outcome'][] = ['observed', 'must-read', 'irrelevant']

/** One message in quarantine: the reason, the masked text, and the button to process it again. */
export function QuarantinedMessage({ id }: { id: string }) {
  const { t } = useWords()
  const { data, error, refetch, isPending } = useQuarantined(id)
  const runAgain = useRunAgain()
  const mayRun = useMay('quarantine.write')
  return (
    <article className="panel split-detail">
      <header className="panel-head">
        <h2 className="number">{id}</h2>
        {data !== undefined && <span className="faint">{t('quarantine.attempts', { n: data.attempts })}</span>}
        <span className="grow" />
        <Button
          type="primary"
          loading={runAgain.isPending}
          disabled={data === undefined || !mayRun}
          onClick={() => runAgain.mutate(id)}
        >
          {runAgain.isPending ? t('quarantine.running') : t('quarantine.runAgain')}
        </Button>
      </header>
      {runAgain.error !== null && <ProblemNotice error={runAgain.error} />}
      {runAgain.data !== undefined && (
        <Alert
          className="problem"
          showIcon
          type={UNDERSTOOD.includes(runAgain.data.outcome) ? 'success' : 'warning'}
          title={t(`quarantine.outcome.${runAgain.data.outcome}`, { defaultValue: runAgain.data.outcome })}
          description={runAgain.data.detail}
        />
      )}
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton />}
      {data !== undefined && (
        <>
          <p className="quarantine-detail">
            <span className={`why why-${data.reason}`}>
              {t(`quarantine.reason.${data.reason}`, { defaultValue: data.reason })}
            </span>
            {data.detail}
          </p>
          <RawText channel={data.channel} receivedAt={data.receivedAt} text={data.text} />
        </>
      )}
    </article>
  )
}
