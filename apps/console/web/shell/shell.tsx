import { Outlet } from 'react-router'
import { useLiveRefresh } from '../api/live-refresh'
import { ProofDialog } from '../session/proof-dialog'
import { ErrorBoundary } from './error-boundary'
import { Header } from './header'

/** What stays while the screens change: header, the live connection, the question who it is. */
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
