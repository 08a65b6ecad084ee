import { Alert, Button } from 'antd'
import { Problem } from '../api/ask'
import { useWords } from '../words/use-words'

/** What went wrong, in the server's words where it had any, and a way to ask again. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords()
  const problem = error instanceof Problem ? error : undefined
  const own = problem?.title === 'unreachable' || problem?.title === 'unreadable'
  const title = problem === undefined ? t('problem.broken') : own ? t(`problem.${problem.title}`) : problem.title
  const detail = problem?.status === 0 ? t('problem.unreachableDetail') : problem?.detail
  return (
    <Alert
      className="problem"
      type="error"
      showIcon
      title={title}
      description={detail}
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
