import { Radio, Select } from 'antd'
import { useWords } from '../i18n/use-words'

interface Props {
  /** Null: all. */
  value: readonly string[] | null
  onChange: (stores: string[] | null) => void
}

/** All stores, those of the future too, or some of them. */
export function StoreChoice({ value, onChange }: Props) {
  const { t, meta } = useWords()
  return (
    <fieldset className="field">
      <legend>{t('people.stores')}</legend>
      <Radio.Group
        aria-label={t('people.stores')}
        value={value === null ? 'all' : 'some'}
        onChange={({ target }) => onChange(target.value === 'all' ? null : [])}
        options={[
          { value: 'all', label: t('people.allStores') },
          { value: 'some', label: t('people.someStores') },
        ]}
      />
      {value === null ? (
        <p className="faint">{t('people.storesHint')}</p>
      ) : (
        <Select
          aria-label={t('people.chosenStores')}
          placeholder={t('people.chosenStores')}
          mode="multiple"
          optionFilterProp="label"
          value={[...value]}
          onChange={(stores: string[]) => onChange(stores)}
          options={(meta?.stores ?? []).map((store) => ({ value: store.id, label: store.name }))}
        />
      )}
    </fieldset>
  )
}
