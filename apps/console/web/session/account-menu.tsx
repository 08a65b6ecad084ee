import { lazy, Suspense, useState } from 'react'
import { useMe } from './use-me'

/** Menu and dialogs of the account come when the menu is opened first. */
const AccountDropdown = lazy(() =>
  import('./account-dropdown').then(({ AccountDropdown }) => ({ default: AccountDropdown })),
)

/** Who is logged in; opens the menu of the account. */
export function AccountMenu() {
  const { data: me } = useMe()
  const [used, setUsed] = useState(false)
  if (me === undefined || me === null) return null
  const button = (
    <button type="button" className="plain account ellipsis" aria-haspopup="menu" onClick={() => setUsed(true)}>
      {me.name}
    </button>
  )
  return used ? (
    <Suspense fallback={button}>
      <AccountDropdown button={button} />
    </Suspense>
  ) : (
    button
  )
}
