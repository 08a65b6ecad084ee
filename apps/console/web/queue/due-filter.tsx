import { FilterPopover } from './filter-popover'
import { TimeRange } from '../components/time-range'
import { shortInstant } from '../time/instants'
import { serverNow } from '../time/server-clock'
import { useWords } from '../i18n/use-words'
import { DUE_CHOICES } from './queue-address'
import type { DueChoice, QueueAddress } from './queue-address'

interface Props {
  address: QueueAddress
  go: (next: QueueAddress) => void
}

/** By deadline: one of the usual ranges, or from – to. */
export function DueFilter({ address, go }: Props) {
  const { t } = useWords()
  const custom = address.dueFrom !== undefined || address.dueTo !== undefined
  const chosen =
    address.due !== undefined
      ? t(`queue.dueIn.${address.due}`)
      : custom
        ? `${shortInstant(address.dueFrom, serverNow()) ?? '…'} – ${shortInstant(address.dueTo, serverNow()) ?? '…'}`
        : undefined
  return (
    <FilterPopover label={t('queue.due')} chosen={chosen}>
      {(close) => {
        const choose = (due: DueChoice | undefined): void => {
          go({ ...address, due, dueFrom: undefined, dueTo: undefined })
          close()
        }
        return (
          <>
            {[undefined, ...DUE_CHOICES].map((due) => (
              <button
                key={due ?? 'any'}
                type="button"
                className="plain choice"
                aria-pressed={address.due === due && !custom}
                onClick={() => choose(due)}
              >
                {due === undefined ? t('queue.dueAny') : t(`queue.dueIn.${due}`)}
              </button>
            ))}
            <div className="choice-more">
              <span className="faint">{t('queue.dueRange')}</span>
              <TimeRange
                open
                from={address.dueFrom}
                to={address.dueTo}
                change={(dueFrom, dueTo) => {
                  go({ ...address, due: undefined, dueFrom, dueTo })
                  close()
                }}
              />
            </div>
          </>
        )
      }}
    </FilterPopover>
  )
}
