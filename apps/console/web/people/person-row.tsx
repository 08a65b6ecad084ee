import type { Person } from '../api/schema'
import { Instant } from '../components/instant'
import { StoreNames } from '../components/store-names'
import { useWords } from '../i18n/use-words'
import { useMe } from '../session/use-me'
import { PersonActions } from './person-actions'

export function PersonRow({ person, mayWrite }: { person: Person; mayWrite: boolean }) {
  const { t } = useWords()
  const { data: me } = useMe()
  const isSelf = me?.id === person.id
  return (
    <tr>
      <td>
        <b>{person.displayName}</b>
        {isSelf && <span className="badge">{t('people.you')}</span>}
        {person.disabledAt !== null && <span className="badge badge-bad">{t('people.disabled')}</span>}
        <div className="second">{person.login}</div>
      </td>
      <td>{t(`role.${person.role}`)}</td>
      <td>
        <StoreNames stores={person.stores} />
      </td>
      <td>
        <span className={person.secondFactor ? 'connected' : 'faint'}>
          {t(person.secondFactor ? 'people.on' : 'people.off')}
        </span>
      </td>
      <td>
        <Instant at={person.lastSeenAt} missing={t('people.never')} />
      </td>
      <td className="end">{mayWrite && <PersonActions person={person} isSelf={isSelf} />}</td>
    </tr>
  )
}
