import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CaseFile } from '../api/shapes'
import { Copyable } from '../components/copyable'
import { Countdown } from '../components/countdown'
import { StoreName } from '../components/marketplace-mark'
import { Money } from '../components/money'
import { fullInstant } from '../time/instants'
import { flagTerm } from '../i18n/flag-words'
import { useWords } from '../i18n/use-words'

/** What a person must know before anything else: whose turn, how long, how much. */
export function CaseHeader({ file }: { file: CaseFile }) {
  const { t, name, say, marketplace } = useWords()
  const { row } = file
  return (
    <header className="case-head">
      <div className="case-line">
        <Link to="/" className="back" onClick={stepBack}>
          ← {t('case.back')}
        </Link>
        <span className="grow" />
        {isWebAddress(file.openInConsole) && (
          <a href={file.openInConsole} target="_blank" rel="noreferrer noopener">
            {t('case.open')} · {marketplace(row.marketplace)} ↗
          </a>
        )}
      </div>
      <div className="case-line case-title">
        <h1 className="number">{t('case.title', { n: row.caseNumber })}</h1>
        <span className={`status status-${row.turn}`}>{name('statuses', row.status)}</span>
        {row.outcome != null && <span className="faint">{name('outcomes', row.outcome)}</span>}
        <span>{name('kinds', row.kind)}</span>
        {row.variant !== null && <span className="faint">{name('variants', row.variant)}</span>}
        {file.flags.map((flag) => (
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
        {file.amounts.refundedFen !== null && (
          <Fact word={t('case.refunded')}>
            <Money fen={file.amounts.refundedFen} />
          </Fact>
        )}
        <Fact word={marketplace(row.marketplace)}>
          <StoreName id={row.marketplace} name={row.store.name} />
        </Fact>
        <Fact word={t('case.order')}>
          {row.orderNumber === null ? t('unknown') : <Copyable text={row.orderNumber} />}
        </Fact>
        <Fact word={t('case.buyer')}>
          {row.buyer?.name ?? t('unknown')} <span className="faint number">{row.buyer?.phone}</span>
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

/** Who came from the queue goes back to it as it was: filters, search and place. */
function stepBack(event: { preventDefault: () => void }): void {
  const state: unknown = window.history.state
  const came =
    typeof state === 'object' && state !== null && 'idx' in state && typeof state.idx === 'number' && state.idx > 0
  if (!came) return
  event.preventDefault()
  window.history.back()
}

/** The address comes from outside: only a page on the web is offered, never a script. */
function isWebAddress(address: string | null): address is string {
  return address !== null && /^https?:\/\//i.test(address)
}
