import type { CaseReason } from '../api/schema'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'

/** First and current reason: only the first counts for the quality return rate (R172). */
export function Reasons({ first, now }: { first: CaseReason | null; now: CaseReason | null }) {
  const { t } = useWords()
  const changed =
    first !== null &&
    now !== null &&
    (first.text !== now.text || (first.code !== null && now.code !== null && first.code !== now.code))
  return (
    <Panel title={t('case.reasons')} side={changed ? t('case.firstHint') : t('case.same')}>
      <dl className="pairs">
        <dt>{t('case.first')}</dt>
        <dd>
          <ReasonText reason={first} />
        </dd>
        {changed && (
          <>
            <dt>{t('case.now')}</dt>
            <dd>
              <ReasonText reason={now} />
            </dd>
          </>
        )}
      </dl>
    </Panel>
  )
}

function ReasonText({ reason }: { reason: CaseReason | null }) {
  const { t } = useWords()
  if (reason === null) return <span className="faint">{t('unknown')}</span>
  return (
    <>
      {reason.text ?? t('unknown')} {reason.code !== null && <span className="faint number">{reason.code}</span>}
    </>
  )
}
