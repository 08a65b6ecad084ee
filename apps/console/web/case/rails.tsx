import type { CaseDetail, Rails as RailsOfCase } from '../api/schema'
import { shortInstant } from '../time/instants'
import { serverNow } from '../time/server-clock'
import { codesOf, useWords } from '../i18n/use-words'
import { isIdle, stepsOf } from './rail-steps'
import type { Rail, Step } from './rail-steps'

const RAILS: readonly Rail[] = ['goods', 'money', 'dispute']

/** The three rails: the stages that were reached with their times, the current one, and what may follow. */
export function Rails({ detail }: { detail: CaseDetail }) {
  const { t } = useWords()
  return (
    <section className="rails" aria-label={t('case.rails')}>
      {RAILS.map((rail) => (
        <RailTrack key={rail} rail={rail} detail={detail} />
      ))}
    </section>
  )
}

function RailTrack({ rail, detail: { rails, row } }: { rail: Rail; detail: CaseDetail }) {
  const { t } = useWords()
  const steps = stepsOf(rail, rails[rail], codesOf(rail), row.kind, row.turn === 'nobody')
  return (
    <div className="rail">
      <div className="rail-word">{t(`case.rail.${rail}`)}</div>
      <ol className={`track track-${rail}`}>
        {steps.map((step) => (
          <li
            key={step.stage}
            aria-current={step.place === 'now' ? 'step' : undefined}
            className={`stage stage-${step.place} ${isIdle(step.stage) ? 'stage-quiet' : ''}`}
          >
            <Stage rail={rail} step={step} rails={rails} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Stage({ rail, step, rails }: { rail: Rail; step: Step; rails: RailsOfCase }) {
  const { t, name, nameOfCode } = useWords()
  const at = shortInstant(step.at, serverNow())
  const isCurrent = step.place === 'now'
  return (
    <>
      <i aria-hidden />
      <span>{nameOfCode(rail, step.stage)}</span>
      {at !== undefined && !isIdle(step.stage) && <small>{isCurrent ? t('case.since', { at }) : at}</small>}
      {isCurrent && rail === 'money' && rails.money.payer !== null && (
        <small>{t('case.payer', { who: name('payers', rails.money.payer) })}</small>
      )}
      {isCurrent && rail === 'dispute' && rails.dispute.id !== null && (
        <small>{t('case.dispute', { id: rails.dispute.id })}</small>
      )}
    </>
  )
}
