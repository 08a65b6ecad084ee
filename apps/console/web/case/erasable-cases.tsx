import { Link } from 'react-router'
import { useWords } from '../i18n/use-words'
import type { ErasableCase } from './erasure-queries'

const SHOWN = 8

/** Those that need attention first; a long list is cut. */
export function ErasableCases({ cases }: { cases: readonly ErasableCase[] }) {
  const { t } = useWords()
  const sorted = [...cases].sort((a, b) => weightOf(b) - weightOf(a))
  return (
    <ul className="erasable">
      {sorted.slice(0, SHOWN).map(({ caseId, caseNumber, store, open, busy }) => (
        <li key={caseId}>
          <Link to={`/cases/${caseId}`} className="number">
            {caseNumber}
          </Link>{' '}
          <span className="faint">{store.name}</span> {open && <span className="flag">{t('erasure.open')}</span>}{' '}
          {busy && <span className="flag">{t('erasure.busy')}</span>}
        </li>
      ))}
      {cases.length > SHOWN && <li className="faint">{t('erasure.more', { n: cases.length - SHOWN })}</li>}
    </ul>
  )
}

const weightOf = ({ open, busy }: ErasableCase): number => (busy ? 2 : 0) + (open ? 1 : 0)
