import { Select } from 'antd'
import { useWords } from '../i18n/use-words'
import { useMe } from '../session/use-me'
import { useColleagues } from './teamwork-queries'

interface Props {
  value: string | undefined
  change: (assignee: string | undefined) => void
}

/** Mine, unassigned, or a colleague's. */
export function AssigneeFilter({ value, change }: Props) {
  const { t } = useWords()
  const { data: me } = useMe()
  const { data } = useColleagues()
  const colleagues = (data?.items ?? []).filter(({ id }) => id !== me?.id)
  return (
    <Select
      className={value === undefined ? 'filter' : 'filter filter-on'}
      aria-label={t('teamwork.assignee')}
      placeholder={t('teamwork.assignee')}
      allowClear
      showSearch
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      value={value ?? null}
      onChange={(assignee: string | null | undefined) => change(assignee ?? undefined)}
      options={[
        { value: 'me', label: t('teamwork.filterMine') },
        { value: 'none', label: t('teamwork.filterNone') },
        ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
