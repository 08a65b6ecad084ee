import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words'
import { dialogPlace } from './dialog-place'

interface Props {
  title: string
  lead: ReactNode
  /** One secret a line. */
  text: string
  label: string
  onClose: () => void
}

/** A secret that the server does not show again. It closes only by its button, so that a stray click does not lose it. */
export function ShownOnce({ title, lead, text, label, onClose }: Props) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  return (
    <Modal
      getContainer={dialogPlace}
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('shownOnce.done')}
        </Button>
      }
    >
      <div className="once">
        <p>{lead}</p>
        <pre className="once-text" tabIndex={0} aria-label={label}>
          {text}
        </pre>
        <Button
          autoFocus
          // Browsers refuse it on an insecure origin; the text can still be selected by hand.
          onClick={() =>
            void navigator.clipboard?.writeText(text).then(
              () => setCopied(true),
              () => undefined,
            )
          }
        >
          {copied ? t('copied') : t('shownOnce.copy')}
        </Button>
        <Alert type="warning" showIcon title={t('shownOnce.warning')} description={t('shownOnce.warningText')} />
      </div>
    </Modal>
  )
}
