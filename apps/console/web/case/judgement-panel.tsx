import { useState } from 'react'
import type { ConditionSentence, ExplainedVerdict } from '../api/schema'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useJudgement } from './case-queries'

/** Why something is, or is not, decided automatically: each verdict with its conditions, and what would change it. */
export function JudgementPanel({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const { data, error, refetch } = useJudgement(caseId)
  return (
    <Panel title={t('case.judgement')} side={t('case.judgementSide')}>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="faint">{t('case.noJudgement')}</p>}
      <ul className="verdicts">
        {data?.items.map((verdict) => (
          <Verdict key={`${verdict.policy} ${verdict.strategy?.id ?? ''}`} verdict={verdict} />
        ))}
      </ul>
    </Panel>
  )
}

function Verdict({ verdict }: { verdict: ExplainedVerdict }) {
  const { t, language } = useWords()
  const [isOpen, setIsOpen] = useState(verdict.chosen === true)
  const { headline, sentences, flips, flipsWhen } = verdict.explanation[language]
  return (
    <li className={verdict.chosen === true ? 'verdict chosen' : 'verdict'}>
      <button type="button" className="plain verdict-head" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {headline}
        {verdict.chosen === true && <span className="flag">{t('case.chosenVerdict')}</span>}
      </button>
      {isOpen && (
        <>
          <Sentences sentences={sentences} />
          {flips.length > 0 && (
            <>
              <p className="faint">{t(`case.flipsWhen.${flipsWhen}`)}</p>
              <Sentences sentences={flips} />
            </>
          )}
        </>
      )}
    </li>
  )
}

function Sentences({ sentences }: { sentences: readonly ConditionSentence[] }) {
  return (
    <ul className="sentences">
      {sentences.map(({ rule, claim, truth, text }) => (
        <li key={`${rule} ${claim}`} className={`truth-${truth}`}>
          {text} <span className="faint number">{rule}</span>
        </li>
      ))}
    </ul>
  )
}
