import { Button } from 'antd'
import { useState } from 'react'
import type { Action, CaseDetail } from '../api/schema'
import { Instant } from '../components/instant'
import { Money } from '../components/money'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { useAttest, useClose } from './acting-queries'
import { Assistance } from './assistance'
import { RefusalNotice } from './refusal-notice'

/** The actions that were requested for the case, newest first: who, how much, what became of it, and what is left to do. */
export function RequestedActions({ detail }: { detail: CaseDetail }) {
  const { t } = useWords()
  const { actions, row } = detail
  if (actions.length === 0) return null
  return (
    <ul className="requested-actions" aria-label={t('acting.requested')}>
      {actions.toReversed().map((action) => (
        <RequestedAction key={action.intent} caseId={row.caseId} action={action} />
      ))}
    </ul>
  )
}

function RequestedAction({ caseId, action }: { caseId: string; action: Action }) {
  const { t, say, name: nameIn } = useWords()
  const { by, state, since } = action
  return (
    <li className={action.open ? 'requested-action open' : 'requested-action'}>
      <div className="requested-line">
        <b>{nameIn('actions', action.action.name)}</b>
        {action.amountFen > 0 && <Money fen={action.amountFen} />}
        <span className={`intent intent-${state}`}>{say(action.stateText)}</span>
        {state === 'intended' && action.heldUntil !== null && <UntilSent at={action.heldUntil} />}
        {action.code !== null && <span className="faint number">{action.code}</span>}
        <span className="faint">
          {by.kind === 'person' ? by.id : t('acting.byStrategy', { id: by.id, version: by.version })} ·{' '}
          <Instant at={since} />
        </span>
      </div>
      <NextSteps caseId={caseId} action={action} />
    </li>
  )
}

/** Counts down to the moment from which the action is sent. */
function UntilSent({ at }: { at: string }) {
  const { t } = useWords()
  const left = Math.ceil((Date.parse(at) - useServerSecond()) / 1_000)
  return (
    <span className="faint number">{left > 0 ? t('acting.sentIn', { seconds: left }) : t('acting.beingSent')}</span>
  )
}

/** What a person can do with an action that is still open. */
function NextSteps({ caseId, action: { intent, state, way } }: { caseId: string; action: Action }) {
  const { t } = useWords()
  const mayAct = useMay('money.act')
  const attest = useAttest(caseId)
  const close = useClose(caseId)
  const [isShown, setIsShown] = useState(false)
  const error = attest.error ?? close.error
  if (!mayAct) return null
  const isByHand = state === 'intended' && way === 'ASSISTED'
  // What was sent cannot be withdrawn; whether it happened is then for a person to find out.
  const closings =
    state === 'intended' ? (['withdrawn'] as const) : state === 'in-doubt' ? (['confirmed', 'lapsed'] as const) : []
  if (!isByHand && closings.length === 0) return null
  return (
    <>
      <div className="buttons">
        {isByHand && (
          <>
            <Button size="small" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
              {t(isShown ? 'acting.hideSteps' : 'acting.showSteps')}
            </Button>
            <Button size="small" type="primary" loading={attest.isPending} onClick={() => attest.mutate(intent)}>
              {t('acting.attest')}
            </Button>
          </>
        )}
        {closings.map((as) => (
          <Button key={as} size="small" loading={close.isPending} onClick={() => close.mutate({ intent, as })}>
            {t(`acting.close.${as}`)}
          </Button>
        ))}
      </div>
      {error !== null && <RefusalNotice error={error} />}
      {isByHand && isShown && <Assistance caseId={caseId} intent={intent} />}
    </>
  )
}
