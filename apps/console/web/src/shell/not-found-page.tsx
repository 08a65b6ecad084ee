import { Link } from 'react-router'
import { Nothing } from '../parts/nothing'
import { useWords } from '../words/use-words'

export function NotFoundPage() {
  const { t } = useWords()
  return (
    <div className="page">
      <Nothing title={t('notFound.title')} hint={<Link to="/">{t('notFound.back')}</Link>} />
    </div>
  )
}
