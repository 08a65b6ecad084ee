import type { CaseFile } from '../api/shapes'
import { shortInstant } from '../time/instants'
import { serverNow } from '../time/server-clock'
import { codesOf, useWords } from '../i18n/use-words'
import { isQuiet, roadOf } from './rail-steps'
import type { Rail, Step } from './rail-steps'

const RAILS: readonly Rail[] = ['goods', 'money', 'dispute']

/** The three rails side by side: what is behind with its times, where the case stands, and what may follow. */
export function Rails({ file }: { file: CaseFile }) {
  const { t } = useWords()
  return (
    <section className="rails" aria-label={t('case.rails')}>
      {RAILS.map((rail) => (
        <Track key={rail} rail={rail} file={file} />
      ))}
    </section>
  )
}

function Track({ rail, file: { rails, row } }: { rail: Rail; file: CaseFile }) {
  const { t, meta } = useWords()
  const road = roadOf(rail, rails[rail], codesOf(meta, rail), row.kind, row.turn === 'nobody')
  return (
    <div className="rail">
      <div className="rail-word">{t(`case.rail.${rail}`)}</div>
      <ol className={`track track-${rail}`}>
        {road.map((step) => (
          <li
            key={step.stage}
            aria-current={step.place === 'now' ? 'step' : undefined}
            className={`stage stage-${step.place} ${isQuiet(step.stage) ? 'stage-quiet' : ''}`}
          >
            <Place rail={rail} step={step} rails={rails} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Place({ rail, step, rails }: { rail: Rail; step: Step; rails: CaseFile['rails'] }) {
  const { t, name } = useWords()
  const at = shortInstant(step.at, serverNow())
  const now = step.place === 'now'
  return (
    <>
      <i aria-hidden />
      <span>{name(rail, step.stage)}</span>
      {at !== undefined && !isQuiet(step.stage) && <small>{now ? t('case.since', { at }) : at}</small>}
      {now && rail === 'money' && rails.money.payer != null && (
        <small>{t('case.payer', { who: name('payers', rails.money.payer) })}</small>
      )}
      {now && rail === 'dispute' && rails.dispute.id != null && (
        <small>{t('case.dispute', { id: rails.dispute.id })}</small>
      )}
    </>
  )
}
