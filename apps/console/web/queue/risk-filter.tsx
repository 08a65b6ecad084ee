import { Button, Input } from 'antd'
import { useState } from 'react'
import { FilterPopover } from './filter-popover'
import { fenOfYuan, typedYuan, yuanText } from '../components/yuan'
import { useWords } from '../i18n/use-words'
import type { QueueAddress } from './queue-address'

interface Props {
  at: QueueAddress
  go: (next: QueueAddress) => void
}

/** Money at risk from – to, typed in yuan. */
export function RiskFilter({ at, go }: Props) {
  const { t } = useWords()
  const { riskFrom, riskTo } = at
  const chosen =
    riskFrom === undefined && riskTo === undefined
      ? undefined
      : `${yuanText(riskFrom) ?? '…'} – ${yuanText(riskTo) ?? '…'}`
  return (
    <FilterPopover label={t('queue.risk')} chosen={chosen}>
      {(close) => (
        <RiskRange
          at={at}
          go={(next) => {
            go(next)
            close()
          }}
        />
      )}
    </FilterPopover>
  )
}

function RiskRange({ at, go }: Props) {
  const { t } = useWords()
  const [from, setFrom] = useState(typedYuan(at.riskFrom))
  const [to, setTo] = useState(typedYuan(at.riskTo))
  const wrong = (typed: string): boolean => typed.trim() !== '' && fenOfYuan(typed) === undefined
  return (
    <form
      className="risk-range"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong(from) && !wrong(to)) go({ ...at, riskFrom: fenOfYuan(from), riskTo: fenOfYuan(to) })
      }}
    >
      <Amount word={t('queue.riskFrom')} value={from} change={setFrom} wrong={wrong(from)} />
      <Amount word={t('queue.riskTo')} value={to} change={setTo} wrong={wrong(to)} />
      <Button type="primary" htmlType="submit" disabled={wrong(from) || wrong(to)}>
        {t('queue.apply')}
      </Button>
    </form>
  )
}

function Amount({
  word,
  value,
  change,
  wrong,
}: {
  word: string
  value: string
  change: (next: string) => void
  wrong: boolean
}) {
  return (
    <Input
      prefix="¥"
      inputMode="decimal"
      placeholder={word}
      aria-label={word}
      value={value}
      {...(wrong ? { status: 'error' as const } : {})}
      onChange={(event) => change(event.target.value)}
    />
  )
}
