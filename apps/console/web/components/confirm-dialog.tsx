import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words'
import { dialogPlace } from './dialog-place'
import { ProblemNotice } from './problem-notice'

interface Props {
  open: boolean
  title: string
  children: ReactNode
  confirm: string
  danger?: boolean
  pending: boolean
  error: unknown
  onConfirm: () => void
  onCancel: () => void
}

/** Asks for confirmation of what cannot be undone. If the server refuses, the dialog stays open and shows the problem. */
export function ConfirmDialog({
  open,
  title,
  children,
  confirm,
  danger = false,
  pending,
  error,
  onConfirm,
  onCancel,
}: Props) {
  const { t } = useWords()
  return (
    <Modal
      getContainer={dialogPlace}
      open={open}
      title={title}
      okText={confirm}
      cancelText={t('session.cancel')}
      okButtonProps={{ danger, autoFocus: true }}
      confirmLoading={pending}
      onOk={onConfirm}
      onCancel={onCancel}
      destroyOnHidden
    >
      {error !== null && <ProblemNotice error={error} />}
      <p>{children}</p>
    </Modal>
  )
}
