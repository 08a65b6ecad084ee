import { Button, Checkbox } from 'antd'
import { useRef } from 'react'
import type { EvidencePiece, EvidenceReferenceRequest } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useAddEvidence, useEvidence } from './acting-queries'

const ACCEPTED_TYPES = 'image/jpeg,image/png,image/webp,video/mp4,video/quicktime,application/pdf'

interface Props {
  caseId: string
  value: readonly EvidenceReferenceRequest[]
  onChange: (value: readonly EvidenceReferenceRequest[]) => void
}

/** The pieces of the case, to choose from, and a button that adds one. A new piece is chosen at once. */
export function EvidenceField({ caseId, value, onChange }: Props) {
  const { t } = useWords()
  const { data, error } = useEvidence(caseId)
  const add = useAddEvidence(caseId)
  const input = useRef<HTMLInputElement>(null)
  const isChosen = (hash: string): boolean => value.some((piece) => piece.hash === hash)
  const choose = ({ hash, kind }: EvidencePiece, chosen: boolean): void =>
    onChange(
      chosen
        ? [...value.filter((piece) => piece.hash !== hash), { hash, kind }]
        : value.filter((piece) => piece.hash !== hash),
    )
  return (
    <fieldset className="field evidence-field">
      <legend>{t('acting.field.evidence')}</legend>
      {error !== null && <ProblemNotice error={error} />}
      {data?.items.map((piece) => (
        <Checkbox
          key={piece.hash}
          checked={isChosen(piece.hash)}
          onChange={({ target }) => choose(piece, target.checked)}
        >
          <EvidenceLabel piece={piece} />
        </Checkbox>
      ))}
      {data?.items.length === 0 && <p className="faint">{t('acting.noEvidence')}</p>}
      {add.error !== null && <ProblemNotice error={add.error} />}
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED_TYPES}
        data-testid="evidence-file"
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file !== undefined) add.mutate(file, { onSuccess: (piece) => choose(piece, true) })
        }}
      />
      <Button size="small" loading={add.isPending} onClick={() => input.current?.click()}>
        {t('acting.addEvidence')}
      </Button>
    </fieldset>
  )
}

function EvidenceLabel({ piece }: { piece: EvidencePiece }) {
  const { t, say } = useWords()
  return (
    <>
      {t(`acting.evidenceKind.${piece.kind}`)} <span className="faint number">{Math.ceil(piece.bytes / 1_024)} KB</span>{' '}
      {piece.flaws.map(({ flaw, text }) => (
        <span key={flaw} className="flag">
          {say(text)}
        </span>
      ))}
    </>
  )
}
