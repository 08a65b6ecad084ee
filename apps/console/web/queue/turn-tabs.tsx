import type { ReactNode } from 'react'
import type { QueueCounts } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { TURNS } from './queue-address'
import type { QueueAddress } from './queue-address'

interface Props {
  address: QueueAddress
  counts: QueueCounts | undefined
  go: (next: QueueAddress) => void
  /** Shown at the end of the line. */
  children: ReactNode
}

/** Whose turn it is, with live counts; beside them the two counts that decide what is opened first (R044, R045). */
export function TurnTabs({ address, counts, go, children }: Props) {
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
      <DueChip address={address} go={go} due="overdue" n={counts?.overdue} word={t('queue.overdue')} />
      <DueChip address={address} go={go} due="4h" n={counts?.dueSoon} word={t('queue.dueSoon')} />
      {children}
    </div>
  )
}

interface DueChipProps {
  address: QueueAddress
  go: (next: QueueAddress) => void
  due: 'overdue' | '4h'
  n: number | undefined
  word: string
}

/** A count that filters the queue. It counts only our turn: elsewhere we cannot act on what is late. */
function DueChip({ address, go, due, n, word }: DueChipProps) {
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

/** `COUNT_LIMIT` of the server, which counts no further: no team works through more in a shift. */
const COUNTED_UP_TO = 2_000
const formatBoundedCount = (n: number): string =>
  n >= COUNTED_UP_TO ? `${formatCount(COUNTED_UP_TO)}+` : formatCount(n)
