import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import type { NoteAnswer } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { NOTE_LENGTH } from './note-length'
import { useAddNote } from './teamwork-queries'

/** What colleagues wrote about the case, newest first; and a field for one more, which says that the marketplace never sees it. */
export function Notes({ caseId, notes }: { caseId: string; notes: readonly NoteAnswer[] }) {
  const { t } = useWords()
  const mayWrite = useMay('cases.act')
  return (
    <>
      {mayWrite && <NoteField caseId={caseId} />}
      <ul className="notes">
        {notes.map((note) => (
          <li key={note.id}>
            <div className="second">
              <strong>{note.author.name}</strong>
              {note.passedTo !== null && ` → ${note.passedTo.name}`}{' '}
              <span className="number">{fullInstant(note.at)}</span>
            </div>
            <p className={note.text === null ? 'faint' : ''}>{note.text ?? t('teamwork.erased')}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

function NoteField({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const add = useAddNote(caseId)
  const [text, setText] = useState('')
  // The id of what is typed now: sent again after a lost answer, it is written once.
  const id = useRef(crypto.randomUUID())
  const isBlank = text.trim() === ''
  const submit = (): void =>
    add.mutate(
      { id: id.current, text: text.trim() },
      {
        onSuccess: () => {
          setText('')
          id.current = crypto.randomUUID()
        },
      },
    )
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBlank && !add.isPending) submit()
      }}
    >
      <Input.TextArea
        className="note-input"
        aria-label={t('teamwork.note')}
        placeholder={t('teamwork.noteHint')}
        maxLength={NOTE_LENGTH}
        rows={3}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button htmlType="submit" disabled={isBlank} loading={add.isPending}>
        {t('teamwork.addNote')}
      </Button>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </form>
  )
}
