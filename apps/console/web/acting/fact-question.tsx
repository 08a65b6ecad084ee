import { Segmented } from 'antd'
import { useWords } from '../i18n/use-words'
import type { StatedFact } from './action-fields'

interface Props {
  fact: StatedFact
  value: boolean | undefined
  onChange: (value: boolean | undefined) => void
}

/** A fact that the person may state: yes, no, or unknown, which is never taken for either. */
export function FactQuestion({ fact, value, onChange }: Props) {
  const { t } = useWords()
  const options = [
    { value: 'unknown', label: t('unknown') },
    { value: 'true', label: t('acting.yes') },
    { value: 'false', label: t('acting.no') },
  ]
  return (
    <div className="field field-line">
      <span id={`fact-${fact}`}>{t(`acting.fact.${fact}`)}</span>
      <Segmented
        aria-labelledby={`fact-${fact}`}
        size="small"
        options={options}
        value={value === undefined ? 'unknown' : String(value)}
        onChange={(chosen) => onChange(chosen === 'unknown' ? undefined : chosen === 'true')}
      />
    </div>
  )
}
