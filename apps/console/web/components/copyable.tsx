import { useState } from 'react'
import { useWords } from '../i18n/use-words'

/** How long the button says that it has copied. */
const CONFIRMATION_MS = 1_500

/** A number that people paste into the marketplace's own pages: one click copies it. */
export function Copyable({ text }: { text: string }) {
  const { t } = useWords()
  const [isCopied, setIsCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), CONFIRMATION_MS)
  }
  return (
    <span className="copyable">
      <span className="number">{text}</span>
      <button
        type="button"
        className="plain copy"
        aria-label={`${t('copy')} ${text}`}
        onClick={(event) => {
          event.stopPropagation()
          // Browsers refuse it on an insecure origin; the number can still be selected by hand.
          copy().catch(() => undefined)
        }}
      >
        {isCopied ? t('copied') : <CopyIcon />}
      </button>
    </span>
  )
}

function CopyIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden>
      <rect x="5" y="5" width="9" height="9" rx="1.5" />
      <path d="M11 5V3.5A1.5 1.5 0 0 0 9.5 2h-6A1.5 1.5 0 0 0 2 3.5v6A1.5 1.5 0 0 0 3.5 11H5" />
    </svg>
  )
}
