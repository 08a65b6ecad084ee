import type { QueueCounts } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { TURNS } from './queue-address'
import type { QueueAddress } from './queue-address'

interface Props {
  address: QueueAddress
  counts: QueueCounts | undefined
  go: (next: QueueAddress) => void
}

/** Whose turn it is, with live counts; beside them the two counts that decide what is opened first (R044, R045). */
export function TurnTabs({ address, counts, go }: Props) {
  const { t, name } = useWords()
  return (
    <div className="tabs-line">
      <div className="tabs" role="tablist" aria-label={t('queue.turns')}>
        {TURNS.map((turn) => (
          <button
            key={turn}
            type="button"
            role="tab"
            aria-selected={address.turn === turn}
            className={`plain tab tab-${turn}`}
            onClick={() => go({ ...address, turn })}
          >
            {name('turns', turn)}
            <span className="count" data-testid={`count-${turn}`}>
              {counts === undefined ? '·' : formatCount(counts.turns[turn])}
            </span>
          </button>
        ))}
      </div>
      <span className="grow" />
      <Chip address={address} go={go} due="overdue" n={counts?.overdue} word={t('queue.overdue')} />
      <Chip address={address} go={go} due="4h" n={counts?.dueSoon} word={t('queue.dueSoon')} />
    </div>
  )
}

/** Both count only our turn: elsewhere we cannot act on what is late. */
interface ChipProps {
  address: QueueAddress
  go: (next: QueueAddress) => void
  due: 'overdue' | '4h'
  n: number | undefined
  word: string
}

function Chip({ address, go, due, n, word }: ChipProps) {
  const isSelected = address.due === due && address.turn === 'us'
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      className={`plain chip chip-${due} ${n === undefined || n === 0 ? 'chip-quiet' : ''}`}
      onClick={() =>
        go({ ...address, turn: 'us', due: isSelected ? undefined : due, dueFrom: undefined, dueTo: undefined })
      }
    >
      {word}
      <b data-testid={`count-${due}`}>{n === undefined ? '·' : formatBoundedCount(n)}</b>
    </button>
  )
}

const formatCount = (n: number): string => n.toLocaleString('en-US')

/** The server counts no further: no team works through more. */
const COUNTED_UP_TO = 10_000
const formatBoundedCount = (n: number): string =>
  n >= COUNTED_UP_TO ? `${formatCount(COUNTED_UP_TO)}+` : formatCount(n)
