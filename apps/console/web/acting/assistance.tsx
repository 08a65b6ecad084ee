import { Copyable } from '../components/copyable'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useActionDetail } from './acting-queries'

/** How an action without a call is done in the marketplace's back office: where, step by step, and the texts to paste. */
export function Assistance({ caseId, intent }: { caseId: string; intent: string }) {
  const { t, say } = useWords()
  const { data, error, refetch } = useActionDetail(caseId, intent)
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={3} />
  const { assistance } = data
  if (assistance === null) return null
  const { link, path, steps, texts } = assistance
  return (
    <div className="assistance">
      {link !== null && (
        <a href={link} target="_blank" rel="noreferrer noopener">
          {t('acting.openBackOffice')}
        </a>
      )}
      {path !== null && <p className="faint">{say(path)}</p>}
      <ol>
        {steps.map((step) => (
          <li key={step.en}>{say(step)}</li>
        ))}
      </ol>
      {texts.map(({ title, text }) => (
        <div key={title.en} className="assistance-text">
          <span className="faint">{say(title)}</span> <Copyable text={text} />
        </div>
      ))}
    </div>
  )
}
