import { Button } from 'antd'
import { useState } from 'react'
import type { TeamworkAnswer } from '../api/schema'
import { Ago } from '../components/ago'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useMay, useMe } from '../session/use-me'
import { PassOnDialog } from './pass-on-dialog'
import { useAssign } from './teamwork-queries'

interface Props {
  caseId: string
  isEnded: boolean
  teamwork: TeamworkAnswer
}

/** Who has the case, since when, and what the reader can do about it. Others can still act. */
export function AssignmentLine({ caseId, isEnded, teamwork: { assignment, colleagues } }: Props) {
  const { t } = useWords()
  const { data: me } = useMe()
  const mayAct = useMay('cases.act')
  const assign = useAssign(caseId)
  const [isPassing, setIsPassing] = useState(false)
  const seen = assignment?.id ?? null
  const isMine = assignment !== null && assignment.assignee.id === me?.id
  return (
    <>
      <p className="assignment" aria-live="polite">
        {assignment === null ? (
          <span className="faint">{t('teamwork.unassigned')}</span>
        ) : (
          <>
            <strong>{isMine ? t('teamwork.mine') : assignment.assignee.name}</strong>{' '}
            <span className="faint">
              {assignment.by.id !== assignment.assignee.id && `${t('teamwork.by', { name: assignment.by.name })} · `}
              <Ago at={assignment.at} />
            </span>
          </>
        )}
      </p>
      {mayAct && !isEnded && (
        <div className="buttons">
          {!isMine && (
            <Button loading={assign.isPending} onClick={() => assign.mutate({ how: 'claim', seen })}>
              {t(assignment === null ? 'teamwork.claim' : 'teamwork.takeOver')}
            </Button>
          )}
          {isMine && (
            <Button loading={assign.isPending} onClick={() => assign.mutate({ how: 'release', seen })}>
              {t('teamwork.release')}
            </Button>
          )}
          <Button onClick={() => setIsPassing(true)}>{t('teamwork.passOn')}</Button>
        </div>
      )}
      {assign.error !== null && <ProblemNotice error={assign.error} />}
      {isPassing && (
        <PassOnDialog
          caseId={caseId}
          seen={seen}
          colleagues={colleagues.filter(({ id, mayTake }) => mayTake && id !== assignment?.assignee.id)}
          close={() => setIsPassing(false)}
        />
      )}
    </>
  )
}
