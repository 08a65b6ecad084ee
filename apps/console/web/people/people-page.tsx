import { Button } from 'antd'
import { useState } from 'react'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { Invitations } from './invitations'
import { InviteDialog } from './invite-dialog'
import { usePeople } from './people-queries'
import { SignOnSetUp } from './sign-on-set-up'
import { PersonRow } from './person-row'

/** Colleagues with role and stores. Who may read but not write sees no buttons. */
export function PeoplePage() {
  const { t } = useWords()
  const { data, error, refetch, isPending } = usePeople()
  const mayWrite = useMay('people.write')
  const [inviting, setInviting] = useState(false)
  return (
    <div className="page page-narrow">
      <header className="page-head page-head-line">
        <div className="grow">
          <h1>{t('people.title')}</h1>
          <p className="faint">{t('people.lead')}</p>
        </div>
        {mayWrite && (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        )}
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data !== undefined && (
        <div className="panels">
          <section className="panel scroll-x">
            <table className="ledger ledger-roomy" aria-label={t('people.list')}>
              <thead>
                <tr>
                  <th>{t('people.person')}</th>
                  <th>{t('people.role')}</th>
                  <th>{t('people.stores')}</th>
                  <th>{t('people.second')}</th>
                  <th>{t('people.lastSeen')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {data.items.map((person) => (
                  <PersonRow key={person.id} person={person} mayWrite={mayWrite} />
                ))}
              </tbody>
            </table>
          </section>
          {data.invitations.length > 0 && <Invitations items={data.invitations} mayWrite={mayWrite} />}
          <SignOnSetUp mayWrite={mayWrite} />
        </div>
      )}
      {inviting && <InviteDialog close={() => setInviting(false)} />}
    </div>
  )
}
