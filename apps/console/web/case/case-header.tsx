import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CaseDetail } from '../api/schema'
import { Copyable } from '../components/copyable'
import { Countdown } from '../components/countdown'
import { StoreName } from '../components/marketplace-mark'
import { Money } from '../components/money'
import { fullInstant } from '../time/instants'
import { flagTerm } from '../i18n/flag-words'
import { useWords } from '../i18n/use-words'
import { EraseBuyer } from './erase-buyer'
import { RevealBuyer } from './reveal-buyer'

/** What a person must know first: time left, whose turn, how much. */
export function CaseHeader({ detail }: { detail: CaseDetail }) {
  const { t, name, say, marketplace } = useWords()
  const { row, amounts, flags } = detail
  return (
    <header className="case-head">
      <div className="case-line">
        <Link to="/" className="back" onClick={stepBack}>
          ← {t('case.back')}
        </Link>
      </div>
      <div className="case-line case-title">
        <h1 className="number">{t('case.title', { n: row.caseNumber })}</h1>
        <span className={`status status-${row.turn}`}>{name('statuses', row.status)}</span>
        {row.outcome !== null && <span className="faint">{name('outcomes', row.outcome)}</span>}
        <span>{name('kinds', row.kind)}</span>
        {row.variant !== null && <span className="faint">{name('variants', row.variant)}</span>}
        {flags.map((flag) => (
          <span key={flag} className="flag" title={flag}>
            {say(flagTerm(flag))}
          </span>
        ))}
      </div>
      <div className="facts">
        <Fact word={row.due === null ? t('column.due') : ''}>
          <Countdown due={row.due} large />
        </Fact>
        <Fact word={t('case.turn')}>
          <span className={`turn turn-${row.turn}`}>{name('turns', row.turn)}</span>
        </Fact>
        <Fact word={t('case.atRisk')}>
          <Money fen={row.riskFen} strong />
        </Fact>
        <Fact word={t('case.amount')}>
          <Money fen={row.amountFen} />
        </Fact>
        {amounts.refundedFen !== null && (
          <Fact word={t('case.refunded')}>
            <Money fen={amounts.refundedFen} />
          </Fact>
        )}
        <Fact word={marketplace(row.marketplace)}>
          <StoreName id={row.marketplace} name={row.store.name} />
        </Fact>
        <Fact word={t('case.order')}>
          {row.orderNumber === null ? t('unknown') : <Copyable text={row.orderNumber} />}
        </Fact>
        <Fact word={t('case.buyer')}>
          {row.buyer?.name ?? t('unknown')} <span className="faint number">{row.buyer?.phone}</span>{' '}
          {row.buyer !== null && <RevealBuyer caseId={row.caseId} />}{' '}
          <EraseBuyer caseId={row.caseId} caseNumber={row.caseNumber} />
        </Fact>
        <Fact word={t('case.applied')}>
          <span className="number">{fullInstant(row.appliedAt) ?? t('unknown')}</span>
        </Fact>
      </div>
    </header>
  )
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="fact">
      {word !== '' && <span className="fact-word">{word}</span>}
      <div>{children}</div>
    </div>
  )
}

/** Back to the queue as it was, with filters, search and position, if the reader came from there. */
function stepBack(event: { preventDefault: () => void }): void {
  const state: unknown = window.history.state
  const hasHistory =
    typeof state === 'object' && state !== null && 'idx' in state && typeof state.idx === 'number' && state.idx > 0
  if (!hasHistory) return
  event.preventDefault()
  window.history.back()
}
