import { Input, Segmented } from 'antd'
import { useId } from 'react'
import { useWords } from '../i18n/use-words'
import { fenOfYuan } from '../components/yuan'
import { Field } from '../session/field'
import type { ActionDraft } from './action-draft'
import type { ActionField } from './action-fields'
import { EvidenceField } from './evidence-field'

interface Props {
  /** Undefined: the action is for many cases, so it has no evidence. */
  caseId: string | undefined
  field: ActionField
  optional: boolean
  draft: ActionDraft
  change: (part: Partial<ActionDraft>) => void
}

/** One field of the form of an action. */
export function ActionFieldInput({ caseId, field, optional, draft, change }: Props) {
  const { t } = useWords()
  const label = optional ? t('acting.optional', { field: t(`acting.field.${field}`) }) : t(`acting.field.${field}`)
  switch (field) {
    case 'addressId':
      return (
        <Field
          label={label}
          value={draft.addressId}
          onChange={(addressId) => change({ addressId })}
          hint={t('acting.addressHint')}
        />
      )
    case 'amount':
      return <YuanInput label={label} value={draft.yuan} onChange={(yuan) => change({ yuan })} />
    case 'appeal':
      return <AppealFields draft={draft} change={change} />
    case 'evidence':
      return caseId === undefined ? null : (
        <EvidenceField caseId={caseId} value={draft.evidence} onChange={(evidence) => change({ evidence })} />
      )
    case 'fit':
    case 'sendBack':
      return <YesOrNo label={label} value={draft[field]} onChange={(value) => change({ [field]: value })} />
    case 'shipment':
      return (
        <div className="field-pair">
          <Field label={t('acting.field.carrier')} value={draft.carrier} onChange={(carrier) => change({ carrier })} />
          <Field
            label={t('acting.field.tracking')}
            value={draft.tracking}
            onChange={(tracking) => change({ tracking })}
          />
        </div>
      )
    case 'plan':
    case 'reason':
    case 'reasonCode':
      return <Field label={label} value={draft[field]} onChange={(value) => change({ [field]: value })} />
    case 'explanation':
    case 'note':
    case 'text':
      return <LongText label={label} value={draft[field]} onChange={(value) => change({ [field]: value })} />
  }
}

const APPEAL_KINDS = ['liability', 'goods-money', 'freight', 'other'] as const

function AppealFields({ draft, change }: Pick<Props, 'draft' | 'change'>) {
  const { t } = useWords()
  return (
    <>
      <div className="field">
        <span id="appeal-kind">{t('acting.field.appeal')}</span>
        <Segmented
          aria-labelledby="appeal-kind"
          options={APPEAL_KINDS.map((kind) => ({ value: kind, label: t(`acting.appealKind.${kind}`) }))}
          value={draft.appealKind}
          onChange={(appealKind) => change({ appealKind })}
        />
      </div>
      {draft.appealKind !== 'liability' && (
        <YuanInput label={t('acting.field.claimed')} value={draft.yuan} onChange={(yuan) => change({ yuan })} />
      )}
    </>
  )
}

interface TextProps {
  label: string
  value: string
  onChange: (value: string) => void
}

function YuanInput({ label, value, onChange }: TextProps) {
  const { t } = useWords()
  const id = useId()
  const isWrong = value.trim() !== '' && (fenOfYuan(value) ?? 0) === 0
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        prefix="¥"
        inputMode="decimal"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        {...(isWrong && { status: 'error', 'aria-invalid': true, 'aria-describedby': `${id}-wrong` })}
      />
      {isWrong && (
        <p id={`${id}-wrong`} className="field-wrong">
          {t('acting.wrongAmount')}
        </p>
      )}
    </div>
  )
}

/** As the API limits the texts of actions. */
const LONGEST_TEXT = 2_000

function LongText({ label, value, onChange }: TextProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        value={value}
        maxLength={LONGEST_TEXT}
        rows={3}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}

function YesOrNo({
  label,
  value,
  onChange,
}: {
  label: string
  value: boolean | undefined
  onChange: (value: boolean) => void
}) {
  const { t } = useWords()
  const id = useId()
  return (
    <div className="field field-line">
      <span id={id}>{label}</span>
      <Segmented
        aria-labelledby={id}
        options={[
          { value: 'true', label: t('acting.yes') },
          { value: 'false', label: t('acting.no') },
        ]}
        value={value === undefined ? '' : String(value)}
        onChange={(chosen) => onChange(chosen === 'true')}
      />
    </div>
  )
}
