import { Button } from 'antd'
import type { ApiKey } from '../api/schema'
import { Instant } from '../components/instant'
import { StoreNames } from '../components/store-names'
import { PERMISSION_WORDS } from '../i18n/permission-words'
import { useWords } from '../i18n/use-words'
import { keyStateOf } from './key-state'

/** @param revoke absent if the reader may not revoke keys */
export function KeyRow({ item, revoke }: { item: ApiKey; revoke?: () => void }) {
  const { t, say } = useWords()
  const state = keyStateOf(item, Date.now())
  return (
    <tr className={state === 'active' ? '' : 'passed'}>
      <td>
        <b>{item.label}</b>
      </td>
      <td>
        <span className={state === 'active' ? 'badge badge-good' : 'badge'}>{t(`keys.${state}`)}</span>
      </td>
      <td>
        <ul className="words">
          {item.permissions.map((permission) => (
            <li key={permission}>{say(PERMISSION_WORDS[permission])}</li>
          ))}
        </ul>
      </td>
      <td>
        <StoreNames stores={item.stores} />
      </td>
      <td>
        <Instant at={item.createdAt} />
      </td>
      <td>
        <Instant at={item.expiresAt} />
      </td>
      <td>
        <Instant at={item.lastUsedAt} missing={t('keys.never')} />
      </td>
      <td className="end">
        {state === 'active' && revoke !== undefined && (
          <Button size="small" danger onClick={revoke} aria-label={t('keys.revokeOf', { label: item.label })}>
            {t('keys.revoke')}
          </Button>
        )}
      </td>
    </tr>
  )
}
