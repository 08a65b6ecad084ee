import { Button, Modal } from 'antd'
import { useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { emptyDraft, missingFields, requestedAction, type ActionDraft } from '../acting/action-draft'
import { ActionFieldInput } from '../acting/action-field-input'
import { ACTION_FORMS, type ActionField } from '../acting/action-fields'
import { FactQuestion } from '../acting/fact-question'
import type { ActionName, Batch } from '../api/schema'
import { dialogPlace } from '../components/dialog-place'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useFreeze } from './batch-queries'
import { BatchPreview } from './batch-preview'
import type { CaseSet } from './case-set'

interface Props {
  set: CaseSet
  action: ActionName
  close: () => void
  onStarted: () => void
}

/** Fields with something of one case: it would be sent with the others too. */
const OF_ONE_CASE: readonly ActionField[] = ['appeal', 'evidence', 'shipment']

/**
 * One action for a set of cases: its form, then the preview that the server has drawn, then the start. What was typed stays
 * until the dialog is closed, also behind the preview and after a refusal.
 */
export function BatchDialog({ set, action, close, onStarted }: Props) {
  const { t, name: nameIn } = useWords()
  const navigate = useNavigate()
  const formId = useId()
  const [draft, setDraft] = useState<ActionDraft>(() => emptyDraft({ carrier: '', tracking: '' }))
  const [preview, setPreview] = useState<Batch | undefined>()
  const freeze = useFreeze()
  const isReady = missingFields(action, draft).length === 0
  const showPreview = (): void =>
    freeze.mutate({ set, action: requestedAction(action, draft), facts: draft.facts }, { onSuccess: setPreview })
  const change = (part: Partial<ActionDraft>): void => {
    setDraft((before) => ({ ...before, ...part }))
    freeze.reset()
  }
  return (
    <Modal
      getContainer={dialogPlace}
      open
      title={nameIn('actions', action)}
      onCancel={close}
      mask={{ closable: false }}
      footer={
        preview === undefined ? (
          <>
            <Button onClick={close}>{t('session.cancel')}</Button>
            <Button type="primary" htmlType="submit" form={formId} disabled={!isReady} loading={freeze.isPending}>
              {t('batches.preview')}
            </Button>
          </>
        ) : null
      }
    >
      {preview === undefined ? (
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady && !freeze.isPending) showPreview()
          }}
        >
          <p className="faint">{t('batches.sameForAll')}</p>
          <Fields action={action} draft={draft} change={change} />
          {freeze.error !== null && <ProblemNotice error={freeze.error} />}
        </form>
      ) : (
        <BatchPreview
          key={preview.id}
          batch={preview}
          again={{ run: showPreview, isPending: freeze.isPending, error: freeze.error }}
          onStarted={() => {
            onStarted()
            void navigate(`/batches/${preview.id}`)
          }}
        >
          <Button onClick={() => setPreview(undefined)}>{t('batches.change')}</Button>
        </BatchPreview>
      )}
    </Modal>
  )
}

interface FieldsProps {
  action: ActionName
  draft: ActionDraft
  change: (part: Partial<ActionDraft>) => void
}

function Fields({ action, draft, change }: FieldsProps) {
  const { fields, optional = [], facts = [] } = ACTION_FORMS[action]
  return (
    <>
      {fields
        .filter((field) => !OF_ONE_CASE.includes(field))
        .map((field) => (
          <ActionFieldInput
            key={field}
            {...{ caseId: undefined, field, draft, change }}
            optional={optional.includes(field)}
          />
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
    </>
  )
}
