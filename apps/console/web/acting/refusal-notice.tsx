import { Alert } from 'antd'
import { Problem } from '../api/problem'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'

/** Why an action was refused, in the reader's language, with the trade rule; other problems as everywhere. */
export function RefusalNotice({ error }: { error: unknown }) {
  const { t, nameOfCode } = useWords()
  const refused = error instanceof Problem ? error.refused : undefined
  if (refused === undefined) return <ProblemNotice error={error} />
  const { reason, rule } = refused
  return (
    <Alert
      type="error"
      showIcon
      title={t('acting.notDone')}
      description={
        <>
          {/* Refusals of the request itself, such as an expired confirmation, are not in the glossary. */}
          {t(`acting.refused.${reason}`, { defaultValue: nameOfCode('refusals', reason) })}
          {rule !== null && <span className="faint number"> {rule}</span>}
        </>
      }
    />
  )
}
