import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { ActionName, CaseDetail, OfferedAction } from '../api/schema'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { ActionDialog } from './action-dialog'
import { RequestedActions } from './requested-actions'

/** Decisions and parcels are buttons, in the order in which the server offers them; the rest is in a menu. */
const PROMINENT: ReadonlySet<ActionName> = new Set<ActionName>([
  'approve-return',
  'approve-refund',
  'approve-exchange',
  'approve-resend',
  'approve-repair',
  'ship-exchange',
  'confirm-receipt',
  'reject',
  'intercept',
])

/** What the reader can do with the case, and what was requested so far. */
export function CaseActions({ detail }: { detail: CaseDetail }) {
  const { t } = useWords()
  const mayAct = { free: useMay('cases.act'), money: useMay('money.act') }
  const [chosen, setChosen] = useState<ActionName | undefined>()
  const close = (): void => setChosen(undefined)
  const isPermitted = ({ amountFen }: OfferedAction): boolean => (amountFen === 0 ? mayAct.free : mayAct.money)
  const offered = detail.revision === null ? [] : detail.offered.filter(isPermitted)
  const possible = offered.filter(({ refusal }) => refusal === null)
  const prominent = possible.filter(({ name }) => PROMINENT.has(name))
  const inMenu = offered.filter((action) => !prominent.includes(action))
  const current = detail.offered.find(({ name }) => name === chosen)
  if (offered.length === 0 && detail.actions.length === 0) return null
  return (
    <Panel title={t('acting.title')} side={possible.length === 0 ? t('acting.noneNow') : undefined}>
      <div className="buttons">
        {prominent.map((action, i) => (
          <ActionButton key={action.name} action={action} primary={i === 0} onClick={() => setChosen(action.name)} />
        ))}
        {inMenu.length > 0 && <ActionMenu actions={inMenu} onChoose={setChosen} />}
      </div>
      <RequestedActions detail={detail} />
      {current !== undefined && <ActionDialog key={current.name} detail={detail} offered={current} close={close} />}
    </Panel>
  )
}

function ActionButton({ action, primary, onClick }: { action: OfferedAction; primary: boolean; onClick: () => void }) {
  const { name } = useWords()
  return (
    <Button type={primary ? 'primary' : 'default'} danger={action.name === 'reject'} onClick={onClick}>
      {name('actions', action.name)}
    </Button>
  )
}

/** What is not possible now stays visible, with the reason. */
function ActionMenu({
  actions,
  onChoose,
}: {
  actions: readonly OfferedAction[]
  onChoose: (name: ActionName) => void
}) {
  const { t, name: nameIn } = useWords()
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: actions.map(({ name, refusal }) => ({
          key: name,
          disabled: refusal !== null,
          label: (
            <>
              {nameIn('actions', name)}
              {refusal !== null && <small className="faint"> {nameIn('refusals', refusal)}</small>}
            </>
          ),
          onClick: () => onChoose(name),
        })),
      }}
    >
      <Button>{t('acting.more')}</Button>
    </Dropdown>
  )
}
