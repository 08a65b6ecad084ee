import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'
import { useGuidance } from './case-queries'

/** What the trade rules say of the case to the person who handles it: the most pressing sentence first. */
export function AdvicePanel({ caseId }: { caseId: string }) {
  const { t, say } = useWords()
  const { data } = useGuidance(caseId)
  // Advice is an addition to the case: where it is missing, the page says nothing of it.
  if (data === undefined || data.advice.length === 0) return null
  return (
    <Panel title={t('case.advice')}>
      <ul className="sentences">
        {data.advice.map((sentence) => (
          <li key={`${sentence.rule} ${sentence.en}`}>
            {say(sentence)} <span className="faint number">{sentence.rule}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
