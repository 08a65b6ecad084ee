import { useWords } from '../i18n/use-words'

/** The stores that a person or key may see; null: all. A store that the reader may not see is shown by its number. */
export function StoreNames({ stores }: { stores: readonly string[] | null }) {
  const { t, meta } = useWords()
  if (stores === null) return <>{t('people.allStores')}</>
  const storeName = (id: string): string => meta?.stores.find((store) => store.id === id)?.name ?? id
  return <>{stores.map(storeName).join(t('comma'))}</>
}
