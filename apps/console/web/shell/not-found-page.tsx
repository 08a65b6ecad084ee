import { Link } from 'react-router'
import { Nothing } from '../components/empty-state'
import { useWords } from '../i18n/use-words'

export function NotFoundPage() {
  const { t } = useWords()
  return (
    <div className="page">
      <Nothing title={t('notFound.title')} hint={<Link to="/">{t('notFound.back')}</Link>} />
    </div>
  )
}
