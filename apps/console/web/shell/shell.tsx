import { useEffect } from 'react'
import { Outlet } from 'react-router'
import { useLiveRefresh } from '../api/live-refresh'
import { expectProofDialog } from '../session/proof-requests'
import { ErrorBoundary } from './error-boundary'
import { Header } from './header'
import { lateDialog } from './late-part'
import { loadOtherPages } from './lazy-page'

const ProofDialog = lateDialog(() => import('../session/proof-dialog'), 'ProofDialog')

/** By then the queue is shown; a click before that loads its screen at once. */
const IDLE_AFTER_MS = 3_000

/** What stays while the screens change: the header, the live connection, and the dialog that asks for a proof of identity. */
export function Shell() {
  useLiveRefresh()
  useEffect(expectProofDialog, [])
  useEffect(() => {
    const timer = setTimeout(() => void loadOtherPages(), IDLE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="shell">
      <Header />
      <main>
        <ErrorBoundary>
          <Outlet />
        </ErrorBoundary>
      </main>
      <ProofDialog />
    </div>
  )
}
