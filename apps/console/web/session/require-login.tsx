import { Navigate, Outlet } from 'react-router'
import { ProblemNotice } from '../components/problem-notice'
import { lazyPage } from '../shell/lazy-page'
import { useMe } from './use-me'

const LoginPage = lazyPage(() => import('./login-page'), 'LoginPage')

/** The screens of those who are logged in; for others the log-in, at the same address, so that a link still leads there. */
export function RequireLogin() {
  const { data, error, refetch } = useMe()
  if (error !== null && data === undefined) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (data === undefined) return null
  return data === null ? <LoginPage /> : <Outlet />
}

/** `/login?org=…`, the link of an organisation: the log-in, or the queue after it. */
export function LoginRoute() {
  const { data, error, refetch } = useMe()
  if (error !== null && data === undefined) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (data === undefined) return null
  return data === null ? <LoginPage /> : <Navigate to="/" replace />
}
