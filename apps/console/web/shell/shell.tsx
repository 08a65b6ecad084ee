import { Outlet } from 'react-router'
import { useLiveRefresh } from '../api/live-refresh'
import { ProofDialog } from '../session/proof-dialog'
import { ErrorBoundary } from './error-boundary'
import { Header } from './header'

/** What stays while the screens change: the header, the live connection, and the dialog that asks for a proof of identity. */
export function Shell() {
  useLiveRefresh()
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
