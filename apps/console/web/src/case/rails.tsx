import type { CaseFile } from '../api/shapes'
import { shortInstant } from '../time/instants'
import { serverNow } from '../time/server-clock'
import { codesOf, useWords } from '../words/use-words'

type Rail = keyof CaseFile['rails']
const RAILS: readonly Rail[] = ['goods', 'money', 'dispute']

/**
 * The three rails side by side. A rail is the list of places where a case can stand, not a road with a past: only the place where it
 * stands now is marked, since the others were perhaps never visited.
 */
export function Rails({ rails }: { rails: CaseFile['rails'] }) {
  const { t } = useWords()
  return (
    <section className="rails" aria-label={t('case.rails')}>
      {RAILS.map((rail) => (
        <Track key={rail} rail={rail} rails={rails} />
      ))}
    </section>
  )
}

function Track({ rail, rails }: { rail: Rail; rails: CaseFile['rails'] }) {
  const { t, name, meta } = useWords()
  const { stage, since } = rails[rail]
  const known = codesOf(meta, rail)
  const stages = stage === null || known.includes(stage) ? known : [...known, stage]
  const at = stages.indexOf(stage ?? '')
  return (
    <div className="rail">
      <div className="rail-word">{t(`case.rail.${rail}`)}</div>
      <ol className={`track track-${rail}`}>
        {stages.map((one, place) => (
          <li
            key={one}
            aria-current={place === at ? 'step' : undefined}
            className={
              place === at
                ? `stage stage-now ${isQuiet(one) ? 'stage-quiet' : ''}`
                : place < at
                  ? 'stage stage-before'
                  : 'stage'
            }
          >
            <i aria-hidden />
            <span>{name(rail, one)}</span>
            {place === at && <Since rail={rail} rails={rails} since={since} />}
          </li>
        ))}
      </ol>
    </div>
  )
}

function Since({ rail, rails, since }: { rail: Rail; rails: CaseFile['rails']; since: string | null }) {
  const { t, name } = useWords()
  const at = shortInstant(since, serverNow())
  return (
    <>
      {at !== undefined && <small>{t('case.since', { at })}</small>}
      {rail === 'money' && rails.money.payer != null && (
        <small>{t('case.payer', { who: name('payers', rails.money.payer) })}</small>
      )}
      {rail === 'dispute' && rails.dispute.id != null && <small>{t('case.dispute', { id: rails.dispute.id })}</small>}
    </>
  )
}

/** Standing here means that nothing happens on this rail. */
const isQuiet = (stage: string): boolean => stage === 'none' || stage === 'unknown'
