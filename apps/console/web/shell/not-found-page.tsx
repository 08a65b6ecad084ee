import { Link } from 'react-router'
import { EmptyState } from '../components/empty-state'
import { useWords } from '../i18n/use-words'

/** For addresses that no screen has. */
export function NotFoundPage() {
  const { t } = useWords()
  return (
    <div className="page">
      <EmptyState title={t('notFound.title')} hint={<Link to="/">{t('notFound.back')}</Link>} />
    </div>
  )
}
