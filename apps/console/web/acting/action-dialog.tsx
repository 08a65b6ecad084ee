import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Problem } from '../api/problem'
import type { ActionName, CaseDetail, OfferedAction } from '../api/schema'
import { FormDialog } from '../components/form-dialog'
import { yuanText } from '../components/yuan'
import { useWords } from '../i18n/use-words'
import { amountTyped, emptyDraft, missingFields, requestedAction, type ActionDraft } from './action-draft'
import { ActionFieldInput } from './action-field-input'
import { ACTION_FORMS } from './action-fields'
import { useAct } from './acting-queries'
import { FactQuestion } from './fact-question'
import { RefusalNotice } from './refusal-notice'

interface Props {
  detail: CaseDetail
  offered: OfferedAction
  close: () => void
}

/**
 * The form of one action: what it will do, in money; the fields; what a rule refuses or wants confirmed. What was typed
 * stays until the dialog is closed. The id of the action is drawn once, so that sending it again never does it twice.
 */
export function ActionDialog({ detail, offered: { name, way, amountFen }, close }: Props) {
  const { t, name: nameIn } = useWords()
  const { caseId } = detail.row
  const [intent] = useState(() => crypto.randomUUID())
  const [judged, setJudged] = useState(detail.revision ?? '')
  const [draft, setDraft] = useState<ActionDraft>(() => emptyDraft(shipmentOf(name, detail)))
  const act = useAct(caseId)
  const { fields, optional = [], facts = [] } = ACTION_FORMS[name]
  const refused = act.error instanceof Problem ? act.error.refused : undefined
  const confirmation = refused?.confirmation ?? undefined
  const hasChanged = detail.revision !== null && detail.revision !== judged

  /** Other words or facts are another request: earlier warnings do not speak of it. */
  const change = (part: Partial<ActionDraft>): void => {
    setDraft((before) => ({ ...before, ...part }))
    act.reset()
  }
  const send = (): void =>
    act.mutate(
      {
        ...{ intent, judged, facts: draft.facts, action: requestedAction(name, draft) },
        ...(confirmation === undefined ? {} : { confirmation }),
      },
      { onSuccess: close },
    )
  return (
    <FormDialog
      title={nameIn('actions', name)}
      submit={confirmation === undefined ? t(`acting.send.${way}`) : t('acting.confirmAndSend')}
      ready={missingFields(name, draft).length === 0 && !hasChanged}
      pending={act.isPending}
      error={null}
      onSubmit={send}
      onCancel={close}
    >
      <p>
        <Effect name={name} way={way} fen={amountTyped(name, draft) ?? amountFen} />
      </p>
      {fields.map((field) => (
        <ActionFieldInput key={field} {...{ caseId, field, draft, change }} optional={optional.includes(field)} />
      ))}
      {facts.map((fact) => (
        <FactQuestion
          key={fact}
          fact={fact}
          value={draft.facts[fact]}
          onChange={(value) => {
            const { [fact]: _, ...others } = draft.facts
            change({ facts: value === undefined ? others : { ...others, [fact]: value } })
          }}
        />
      ))}
      {hasChanged && (
        <Alert
          type="warning"
          showIcon
          title={t('acting.changed')}
          description={t('acting.changedLead', { status: nameIn('statuses', detail.row.status) })}
          action={
            <Button
              size="small"
              onClick={() => {
                setJudged(detail.revision ?? '')
                act.reset()
              }}
            >
              {t('acting.useCurrent')}
            </Button>
          }
        />
      )}
      {act.error !== null && confirmation === undefined && <RefusalNotice error={act.error} />}
      {refused !== undefined && confirmation !== undefined && <Warnings warnings={refused.warnings} />}
    </FormDialog>
  )
}

/** What the action does, in money, and who does it. */
function Effect({ name, way, fen }: { name: ActionName; way: OfferedAction['way']; fen: number | null }) {
  const { t } = useWords()
  const amount = yuanText(fen)
  const money =
    fen === 0
      ? t('acting.costsNothing')
      : amount === undefined
        ? t('acting.costsUnknown')
        : t(name === 'approve-return' ? 'acting.costsAfterReturn' : 'acting.costs', { amount })
  return (
    <>
      {money} {t(`acting.way.${way}`)}
    </>
  )
}

function Warnings({ warnings }: { warnings: readonly { warning: string; zh: string; en: string }[] }) {
  const { t, say } = useWords()
  return (
    <Alert
      type="warning"
      showIcon
      title={t('acting.warnings')}
      description={
        <ul>
          {warnings.map((warning) => (
            <li key={warning.warning}>{say(warning)}</li>
          ))}
        </ul>
      }
    />
  )
}

/** Actions on a parcel that is known already begin with its number. */
function shipmentOf(name: ActionName, { parcels }: CaseDetail): { carrier: string; tracking: string } {
  const direction = name === 'intercept' ? 'out' : name === 'confirm-receipt' ? 'back' : undefined
  const parcel = parcels.find((one) => one.direction === direction && one.carrier !== null)
  return { carrier: parcel?.carrier ?? '', tracking: parcel?.tracking ?? '' }
}
