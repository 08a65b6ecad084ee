import { Alert, Button } from 'antd'
import type { WrongField } from '../api/problem'
import { Problem } from '../api/problem'
import { StaleVersion } from '../api/stale-version'
import { fieldNameOf, fieldWordsOf } from '../i18n/field-words'
import { problemWordsOf } from '../i18n/problem-words'
import { useWords } from '../i18n/use-words'

/**
 * What went wrong and what to do, in the reader's language, by the code of the problem; with a button to retry. For a code that
 * this page does not know yet (the server is newer) the server's English text is shown.
 */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords()
  const { title, detail, fields } = useProblemWords(error)
  return (
    <Alert
      className="problem"
      type="error"
      showIcon
      title={title}
      description={
        <>
          {detail}
          {fields.length === 0 ? null : (
            <ul>
              {fields.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </>
      }
      {...(retry === undefined
        ? {}
        : {
            action: (
              <Button size="small" onClick={retry}>
                {t('retry')}
              </Button>
            ),
          })}
    />
  )
}

interface ProblemWords {
  readonly title: string
  readonly detail: string | undefined
  readonly fields: readonly string[]
}

function useProblemWords(error: unknown): ProblemWords {
  const { t, say } = useWords()
  if (error instanceof StaleVersion)
    return { title: t('problem.notLoaded'), detail: t('problem.notLoadedDetail'), fields: [] }
  if (!(error instanceof Problem)) return { title: t('problem.broken'), detail: undefined, fields: [] }
  const { status, title, detail, code, fields } = error
  if (title === 'unreachable' || title === 'unreadable')
    return {
      title: t(`problem.${title}`),
      detail: status === 0 ? t('problem.unreachableDetail') : undefined,
      fields: [],
    }
  const lineOf = ({ pointer, code: wrong }: WrongField): string => {
    const words = fieldWordsOf(wrong)
    return `${say(fieldNameOf(pointer.replace(/^#\/?/, '')))} ${words === undefined ? wrong : say(words)}`.trim()
  }
  const known = problemWordsOf(code)
  return {
    title: known === undefined ? title : say(known.title),
    detail: known === undefined ? detail : say(known.detail),
    fields: [...new Set(fields.map(lineOf))],
  }
}
