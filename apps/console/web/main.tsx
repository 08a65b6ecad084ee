import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Route, Routes } from 'react-router'
import { Problem } from './api/problem'
import { QueuePage } from './queue/queue-page'
import { NotFoundPage } from './shell/not-found-page'
import { Frame } from './shell/frame'
import { lazyPage } from './shell/lazy-page'
import { followOrganisationChanges } from './session/organisation-change'
import { LoginRoute, RequireLogin } from './session/require-login'
import { RequirePermission } from './session/require-permission'
import { ME } from './session/use-me'
import { Shell } from './shell/shell'
import './styles/colours.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/countdown.css'
import './styles/ledger.css'
import './styles/queue.css'
import './styles/table.css'
import './styles/buyer.css'
import './styles/case.css'
import './styles/teamwork.css'
import './styles/acting.css'
import './styles/batches.css'
import './styles/timeline.css'
import './styles/lists.css'
import './styles/session.css'
import './styles/account.css'
import './styles/analytics.css'
import './styles/narrow.css'
import { startLanguage } from './i18n/language'

/** Every screen but the queue is a chunk of its own, so that the queue is usable sooner. */
const AccountPage = lazyPage(() => import('./account/account-page'), 'AccountPage')
const AuditPage = lazyPage(() => import('./audit/audit-page'), 'AuditPage')
const AuthorisedPage = lazyPage(() => import('./stores/authorised-page'), 'AuthorisedPage')
const BatchPage = lazyPage(() => import('./batches/batch-page'), 'BatchPage')
const BatchesPage = lazyPage(() => import('./batches/batches-page'), 'BatchesPage')
const CasePage = lazyPage(() => import('./case/case-page'), 'CasePage')
const EnterPage = lazyPage(() => import('./session/enter-page'), 'EnterPage')
const KeysPage = lazyPage(() => import('./keys/keys-page'), 'KeysPage')
const PeoplePage = lazyPage(() => import('./people/people-page'), 'PeoplePage')
const QuarantinePage = lazyPage(() => import('./quarantine/quarantine-page'), 'QuarantinePage')
const ReturnedPage = lazyPage(() => import('./session/returned-page'), 'ReturnedPage')
const StoresPage = lazyPage(() => import('./stores/stores-page'), 'StoresPage')
const TasksPage = lazyPage(() => import('./tasks/tasks-page'), 'TasksPage')
const AnalyticsPage = lazyPage(() => import('./analytics/analytics-page'), 'AnalyticsPage')

const isRefusal = (error: unknown): boolean => error instanceof Problem && error.status >= 400 && error.status < 500

/** A session that has ended shows the log-in, at the same address. */
const showLogInIfEnded = (error: unknown): void => {
  if (error instanceof Problem && error.code === 'not-signed-in') client.setQueryData(ME, null)
}

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: showLogInIfEnded }),
  mutationCache: new MutationCache({ onError: showLogInIfEnded }),
  defaultOptions: {
    queries: {
      staleTime: 3_000,
      // A refusal would be repeated; a server that could not answer may answer soon.
      retry: (failures, error) => !isRefusal(error) && failures < 2,
      refetchInterval: ({ state }) => (state.status === 'error' && !isRefusal(state.error) ? 5_000 : false),
    },
  },
})

await startLanguage()
followOrganisationChanges()

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      {/* A click must be seen at once: as a transition it would render after the address had changed. */}
      <BrowserRouter useTransitions={false}>
        <Routes>
          <Route element={<Frame />}>
            <Route path="enter" element={<EnterPage />} />
            <Route path="login" element={<LoginRoute />} />
            <Route path="login/returned/:organisation" element={<ReturnedPage />} />
            <Route element={<RequireLogin />}>
              <Route element={<Shell />}>
                <Route index element={<QueuePage />} />
                <Route path="cases/:id" element={<CasePage />} />
                <Route path="tasks" element={<TasksPage />} />
                <Route path="batches" element={<BatchesPage />} />
                <Route path="batches/:id" element={<BatchPage />} />
                <Route path="quarantine" element={<QuarantinePage />} />
                <Route path="quarantine/:messageId" element={<QuarantinePage />} />
                <Route path="stores" element={<StoresPage />} />
                <Route element={<RequirePermission of="stores.write" />}>
                  <Route path="stores/authorised" element={<AuthorisedPage />} />
                </Route>
                <Route path="account" element={<AccountPage />} />
                <Route element={<RequirePermission of="analytics.read" />}>
                  <Route path="analytics" element={<AnalyticsPage />} />
                </Route>
                <Route element={<RequirePermission of="people.read" />}>
                  <Route path="people" element={<PeoplePage />} />
                </Route>
                <Route element={<RequirePermission of="keys.read" />}>
                  <Route path="keys" element={<KeysPage />} />
                </Route>
                <Route element={<RequirePermission of="audit.read" />}>
                  <Route path="audit" element={<AuditPage />} />
                </Route>
                <Route path="*" element={<NotFoundPage />} />
              </Route>
            </Route>
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
)
