import { Button, Dropdown } from 'antd'
import { useState, type ReactNode } from 'react'
import type { ActionName, BatchOption } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { yuanText } from '../components/yuan'
import { useWords } from '../i18n/use-words'
import { BatchDialog } from './batch-dialog'
import { useBatchOptions } from './batch-queries'
import { MAX_CASES, type CaseSet } from './case-set'

interface Props {
  set: CaseSet
  /** More to choose from, such as a button that clears the selection. */
  children?: ReactNode
  /** A batch of these cases was started. */
  onStarted: () => void
}

/** Actions as buttons; the others are in a menu. */
const SHOWN = 3

/** What can be done with a set of cases: how many, how much money, and the actions that at least one of them allows. */
export function CaseSetBar({ set, children, onStarted }: Props) {
  const { t } = useWords()
  const { data, error, refetch, isPlaceholderData } = useBatchOptions(set)
  const [chosen, setChosen] = useState<{ readonly action: ActionName; readonly set: CaseSet } | undefined>()
  const isTooLarge = set.type === 'ids' && set.caseIds.length > MAX_CASES
  const isKnown = data !== undefined && !isPlaceholderData && error === null
  const n = set.type === 'ids' ? set.caseIds.length : isKnown ? data.cases : undefined
  const countText =
    n === undefined
      ? t('selection.counting')
      : t(set.type === 'ids' ? 'selection.chosen' : 'selection.matching', { n: n.toLocaleString('en-US') })
  return (
    <section className="set-bar" aria-label={t('selection.bar')}>
      <span className="set-count" role="status">
        <b>{error !== null && n === undefined ? '' : countText}</b>
        {isKnown && !isTooLarge && (
          <span className="faint number"> {t('selection.risk', { amount: yuanText(data.riskFen) ?? t('none') })}</span>
        )}
      </span>
      {children}
      <span className="grow" />
      {isTooLarge && (
        <span className="set-wrong">{t('selection.tooMany', { n: MAX_CASES.toLocaleString('en-US') })}</span>
      )}
      {isKnown && !isTooLarge && (
        <ActionButtons options={data.actions} choose={(action) => setChosen({ action, set })} />
      )}
      {error !== null && !isTooLarge && <ProblemNotice error={error} retry={() => void refetch()} />}
      {chosen !== undefined && (
        <BatchDialog
          key={chosen.action}
          set={chosen.set}
          action={chosen.action}
          close={() => setChosen(undefined)}
          onStarted={onStarted}
        />
      )}
    </section>
  )
}

function ActionButtons({ options, choose }: { options: readonly BatchOption[]; choose: (name: ActionName) => void }) {
  const { t, name: nameIn } = useWords()
  const label = ({ name, cases }: BatchOption): string =>
    t('selection.actionFor', { action: nameIn('actions', name), n: cases.toLocaleString('en-US') })
  if (options.length === 0) return <span className="faint">{t('selection.noAction')}</span>
  return (
    <span className="buttons">
      {options.slice(0, SHOWN).map((option) => (
        <Button key={option.name} danger={option.name === 'reject'} onClick={() => choose(option.name)}>
          {label(option)}
        </Button>
      ))}
      {options.length > SHOWN && (
        <Dropdown
          trigger={['click']}
          placement="topRight"
          autoFocus
          menu={{
            items: options.slice(SHOWN).map((option) => ({
              key: option.name,
              label: label(option),
              onClick: () => choose(option.name),
            })),
          }}
        >
          <Button>{t('selection.more')}</Button>
        </Dropdown>
      )}
    </span>
  )
}
