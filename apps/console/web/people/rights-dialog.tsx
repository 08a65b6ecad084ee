import { useState } from 'react'
import type { Person } from '../api/schema'
import { FormDialog } from '../components/form-dialog'
import { useWords } from '../i18n/use-words'
import { useChangeRights, type Rights } from './people-queries'
import { areUsable, RightsFields } from './rights-fields'

export function RightsDialog({ person, close }: { person: Person; close: () => void }) {
  const { t } = useWords()
  const [rights, setRights] = useState<Rights>({ role: person.role, stores: person.stores })
  const change = useChangeRights()
  return (
    <FormDialog
      title={t('people.rightsOf', { name: person.displayName })}
      submit={t('people.save')}
      ready={areUsable(rights)}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate({ id: person.id, ...rights }, { onSuccess: close })}
      onCancel={close}
    >
      <RightsFields value={rights} onChange={setRights} />
    </FormDialog>
  )
}
