import { Link, useParams } from 'react-router'
import { useCase } from '../api/queries'
import { ProblemNotice } from '../components/problem-notice'
import { Waiting } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { Amounts } from './amounts'
import { CaseHeader } from './case-header'
import { DeadlineLedger } from './deadline-ledger'
import { Lines } from './lines'
import { Parcels } from './parcels'
import { Rails } from './rails'
import { Reasons } from './reasons'
import { Siblings } from './siblings'
import { Timeline } from './timeline'
import { UnreadNotice } from './unread-notice'

/** One case: where it stands, what it rests on, and every message that led here. */
export function CasePage() {
  const { t } = useWords()
  const { id = '' } = useParams()
  const { data: file, error, refetch, isPending } = useCase(id)
  return (
    <div className="page case">
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {error !== null && file === undefined && <Link to="/">← {t('case.back')}</Link>}
      {isPending && error === null && <Waiting lines={14} />}
      {file !== undefined && (
        <>
          <CaseHeader file={file} />
          <UnreadNotice unread={file.unread} />
          <Rails file={file} />
          <div className="case-columns">
            <div>
              <DeadlineLedger entries={file.deadlines} />
              <Reasons first={file.firstReason} now={file.reason} />
              <Lines lines={file.lines} />
              <Amounts amounts={file.amounts} />
              <Parcels parcels={file.parcels} />
              <Siblings rows={file.siblings} />
            </div>
            <Timeline key={id} caseId={id} />
          </div>
        </>
      )}
    </div>
  )
}
