import { Fragment } from 'react'
import { Link } from 'react-router'
import type { Parcel } from '../api/schema'
import { Copyable } from '../components/copyable'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'

/** The parcels of the case, with links to other cases that share a tracking number. */
export function Parcels({ parcels }: { parcels: Parcel[] }) {
  const { t, nameOfCode } = useWords()
  return (
    <Panel title={t('case.parcels')}>
      {parcels.length === 0 && <p className="faint">{t('case.noParcels')}</p>}
      <ul className="parcels">
        {parcels.map((parcel) => (
          <li key={`${parcel.direction} ${parcel.tracking}`}>
            <span className={`direction direction-${parcel.direction}`}>
              {t(parcel.direction === 'out' ? 'case.out' : 'case.backParcel')}
            </span>
            <span>{parcel.carrier ?? t('unknown')}</span>
            <Copyable text={parcel.tracking} />
            {parcel.state !== null && <span className="faint">{nameOfCode('goods', parcel.state)}</span>}
            {parcel.sharedWith.length > 0 && (
              <span className="shared">
                {t('case.shared')}
                {parcel.sharedWith.map(({ caseId, caseNumber }, i) => (
                  <Fragment key={caseId}>
                    {i > 0 && ', '}
                    <Link className="number" to={`/cases/${encodeURIComponent(caseId)}`}>
                      {caseNumber}
                    </Link>
                  </Fragment>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
