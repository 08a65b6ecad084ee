import { Alert, Button } from 'antd'
import type { WrongField } from '../api/ask'
import { Problem } from '../api/ask'
import { FIELD_WORDS, PROBLEM_WORDS } from '../i18n/problem-words'
import { useWords } from '../i18n/use-words'

/**
 * What went wrong and what to do, in the reader's language, by the code of the problem; and a way to ask again. A code that
 * this page does not know yet (the server is newer) is told in the server's English.
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
  if (!(error instanceof Problem)) return { title: t('problem.broken'), detail: undefined, fields: [] }
  const { status, title, detail, code, fields } = error
  if (title === 'unreachable' || title === 'unreadable')
    return {
      title: t(`problem.${title}`),
      detail: status === 0 ? t('problem.unreachableDetail') : undefined,
      fields: [],
    }
  const lineOf = ({ pointer, code: wrong }: WrongField): string => {
    const words = Object.hasOwn(FIELD_WORDS, wrong) ? FIELD_WORDS[wrong] : undefined
    return `${pointer.replace(/^#\/?/, '')} ${words === undefined ? wrong : say(words)}`.trim()
  }
  const known = code !== undefined && Object.hasOwn(PROBLEM_WORDS, code) ? PROBLEM_WORDS[code] : undefined
  return {
    title: known === undefined ? title : say(known.title),
    detail: known === undefined ? detail : say(known.detail),
    fields: [...new Set(fields.map(lineOf))],
  }
}
