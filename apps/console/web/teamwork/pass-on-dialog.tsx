import { Input, Select } from 'antd'
import { useState } from 'react'
import type { ColleagueAnswer } from '../api/schema'
import { dialogPlace } from '../components/dialog-place'
import { FormDialog } from '../components/form-dialog'
import { useWords } from '../i18n/use-words'
import { NOTE_LENGTH } from './note-length'
import { useAssign } from './teamwork-queries'

interface Props {
  caseId: string
  /** The assignment as it is shown now: refused because it changed, the dialog stays with what was typed, and can be sent again. */
  seen: string | null
  colleagues: readonly ColleagueAnswer[]
  close: () => void
}

export function PassOnDialog({ caseId, seen, colleagues, close }: Props) {
  const { t } = useWords()
  const assign = useAssign(caseId)
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const submit = (): void => {
    if (to === undefined) return
    const text = note.trim()
    assign.mutate({ how: 'pass-on', seen, to, note: text === '' ? undefined : text }, { onSuccess: close })
  }
  return (
    <FormDialog
      title={t('teamwork.passOn')}
      lead={t('teamwork.passOnLead')}
      submit={t('teamwork.passOn')}
      ready={to !== undefined}
      pending={assign.isPending}
      error={assign.error}
      onSubmit={submit}
      onCancel={close}
    >
      <Select
        className="wide"
        aria-label={t('teamwork.colleague')}
        placeholder={t('teamwork.colleague')}
        showSearch
        optionFilterProp="label"
        getPopupContainer={dialogPlace}
        value={to ?? null}
        onChange={(id: string | null) => setTo(id ?? undefined)}
        options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Input.TextArea
        className="note-input"
        aria-label={t('teamwork.noteForColleague')}
        placeholder={t('teamwork.noteForColleague')}
        maxLength={NOTE_LENGTH}
        rows={3}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </FormDialog>
  )
}
