import { Button, Input } from 'antd'
import { useState } from 'react'
import { FilterPopover } from './filter-popover'
import { fenOfYuan, typedYuan, yuanText } from '../components/yuan'
import { useWords } from '../i18n/use-words'
import type { QueueAddress } from './queue-address'

interface Props {
  address: QueueAddress
  go: (next: QueueAddress) => void
}

/** Money at risk from – to, typed in yuan. */
export function RiskFilter({ address, go }: Props) {
  const { t } = useWords()
  const { riskFrom, riskTo } = address
  const chosen =
    riskFrom === undefined && riskTo === undefined
      ? undefined
      : `${yuanText(riskFrom) ?? '…'} – ${yuanText(riskTo) ?? '…'}`
  return (
    <FilterPopover label={t('queue.risk')} chosen={chosen}>
      {(close) => (
        <RiskRange
          address={address}
          go={(next) => {
            go(next)
            close()
          }}
        />
      )}
    </FilterPopover>
  )
}

function RiskRange({ address, go }: Props) {
  const { t } = useWords()
  const [from, setFrom] = useState(typedYuan(address.riskFrom))
  const [to, setTo] = useState(typedYuan(address.riskTo))
  const isWrong = (typed: string): boolean => typed.trim() !== '' && fenOfYuan(typed) === undefined
  return (
    <form
      className="risk-range"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong(from) && !isWrong(to)) go({ ...address, riskFrom: fenOfYuan(from), riskTo: fenOfYuan(to) })
      }}
    >
      <YuanInput word={t('queue.riskFrom')} value={from} change={setFrom} isWrong={isWrong(from)} />
      <YuanInput word={t('queue.riskTo')} value={to} change={setTo} isWrong={isWrong(to)} />
      <Button type="primary" htmlType="submit" disabled={isWrong(from) || isWrong(to)}>
        {t('queue.apply')}
      </Button>
    </form>
  )
}

function YuanInput({
  word,
  value,
  change,
  isWrong,
}: {
  word: string
  value: string
  change: (next: string) => void
  isWrong: boolean
}) {
  return (
    <Input
      prefix="¥"
      inputMode="decimal"
      placeholder={word}
      aria-label={word}
      value={value}
      {...(isWrong ? { status: 'error' as const } : {})}
      onChange={(event) => change(event.target.value)}
    />
  )
}
