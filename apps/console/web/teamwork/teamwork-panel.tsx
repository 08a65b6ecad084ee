import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { AssignmentLine } from './assignment-line'
import { Notes } from './notes'
import { useTeamwork } from './teamwork-queries'

/** Who has the case and what colleagues wrote about it: for people here, and nothing of it for the marketplace. */
export function TeamworkPanel({ caseId, isEnded }: { caseId: string; isEnded: boolean }) {
  const { t } = useWords()
  const { data, error, refetch } = useTeamwork(caseId)
  return (
    <Panel title={t('teamwork.title')} side={t('teamwork.internal')}>
      <div className="teamwork">
        {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
        {data !== undefined && (
          <>
            <AssignmentLine caseId={caseId} isEnded={isEnded} teamwork={data} />
            <Notes caseId={caseId} notes={data.notes} />
          </>
        )}
      </div>
    </Panel>
  )
}
