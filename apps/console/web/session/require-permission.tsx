import { Outlet } from 'react-router'
import { Problem } from '../api/problem'
import { ProblemNotice } from '../components/problem-notice'
import { useMay } from './use-me'

/** A screen for those who may; others see what to do instead of sending a request that would be refused. */
export function RequirePermission({ of }: { of: Parameters<typeof useMay>[0] }) {
  const may = useMay(of)
  if (may) return <Outlet />
  return (
    <div className="page">
      <ProblemNotice error={new Problem(403, 'Forbidden', undefined, 'forbidden')} />
    </div>
  )
}
