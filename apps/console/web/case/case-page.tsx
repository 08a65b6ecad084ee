import { Link, useParams } from 'react-router'
import { CaseActions } from '../acting/case-actions'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { PresenceLine } from '../teamwork/presence'
import { TeamworkPanel } from '../teamwork/teamwork-panel'
import { AdvicePanel } from './advice-panel'
import { Amounts } from './amounts'
import { CaseHeader } from './case-header'
import { useCase } from './case-queries'
import { DeadlineLedger } from './deadline-ledger'
import { JudgementPanel } from './judgement-panel'
import { Lines } from './lines'
import { Parcels } from './parcels'
import { Rails } from './rails'
import { Reasons } from './reasons'
import { Siblings } from './siblings'
import { Timeline } from './timeline'
import { UnreadNotice } from './unread-notice'

/** One case: its state, the facts behind it, and every message that led to it. */
export function CasePage() {
  const { t } = useWords()
  const { id = '' } = useParams()
  const { data: detail, error, refetch, isPending } = useCase(id)
  return (
    <div className="page case">
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {error !== null && detail === undefined && <Link to="/">← {t('case.back')}</Link>}
      {isPending && error === null && <Skeleton lines={14} />}
      {detail !== undefined && (
        <>
          <CaseHeader key={`head ${id}`} detail={detail} />
          <PresenceLine key={`present ${id}`} caseId={id} />
          <UnreadNotice unread={detail.unread} />
          <Rails detail={detail} />
          <div className="case-columns">
            <div>
              <CaseActions key={id} detail={detail} />
              <TeamworkPanel key={`together ${id}`} caseId={id} isEnded={detail.row.turn === 'nobody'} />
              <AdvicePanel caseId={id} />
              <DeadlineLedger entries={detail.deadlines} />
              <Reasons first={detail.firstReason} now={detail.reason} />
              <Lines lines={detail.lines} />
              <Amounts amounts={detail.amounts} />
              <Parcels parcels={detail.parcels} />
              <Siblings rows={detail.siblings} />
              <JudgementPanel caseId={id} />
            </div>
            <Timeline key={id} caseId={id} />
          </div>
        </>
      )}
    </div>
  )
}
