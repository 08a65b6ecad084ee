import { Modal } from 'antd'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words'
import { dialogPlace } from './dialog-place'
import { ProblemNotice } from './problem-notice'

interface Props {
  title: string
  lead?: string
  submit: string
  ready: boolean
  pending: boolean
  error: unknown
  onSubmit: () => void
  onCancel: () => void
  children: ReactNode
}

/** A form in a dialog. A real `<form>`, so that Enter in a text field submits it. */
export function FormDialog({ title, lead, submit, ready, pending, error, onSubmit, onCancel, children }: Props) {
  const { t } = useWords()
  const id = useId()
  return (
    <Modal
      getContainer={dialogPlace}
      open
      title={title}
      okText={submit}
      cancelText={t('session.cancel')}
      confirmLoading={pending}
      okButtonProps={{ disabled: !ready, htmlType: 'submit', form: id }}
      onCancel={onCancel}
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !pending) onSubmit()
        }}
      >
        {lead !== undefined && <p>{lead}</p>}
        {children}
        {error !== null && <ProblemNotice error={error} />}
      </form>
    </Modal>
  )
}
