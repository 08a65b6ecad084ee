import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { Person } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { ChangeDialog, type PersonChange } from './change-dialog'
import { ResetDialog } from './reset-dialog'
import { RightsDialog } from './rights-dialog'

type Action = 'rights' | 'reset' | PersonChange

/** What an owner does with a colleague. One's own password and second factor are on the page of the account. */
export function PersonActions({ person, isSelf }: { person: Person; isSelf: boolean }) {
  const { t } = useWords()
  const [action, setAction] = useState<Action | undefined>()
  const close = (): void => setAction(undefined)
  const isDisabled = person.disabledAt !== null
  const offered: readonly Action[] = [
    'rights',
    ...(isSelf || isDisabled ? [] : (['reset'] as const)),
    ...(isSelf || !person.secondFactor ? [] : (['removeSecond'] as const)),
    ...(isSelf ? [] : [isDisabled ? ('enable' as const) : ('disable' as const)]),
  ]
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          items: offered.map((key) => ({
            key,
            label: t(`people.${key}`),
            danger: key === 'disable',
            onClick: ({ domEvent }) => {
              // The Enter that chose it would also press the button that the dialog focuses first, which closes it.
              domEvent.preventDefault()
              setAction(key)
            },
          })),
        }}
      >
        <Button size="small" aria-haspopup="menu" aria-label={t('people.actionsOf', { name: person.displayName })}>
          {t('people.actions')}
        </Button>
      </Dropdown>
      {action === 'rights' && <RightsDialog person={person} close={close} />}
      {action === 'reset' && <ResetDialog person={person} close={close} />}
      {(action === 'removeSecond' || action === 'disable' || action === 'enable') && (
        <ChangeDialog person={person} change={action} close={close} />
      )}
    </>
  )
}
