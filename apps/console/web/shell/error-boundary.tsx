import { Button } from 'antd'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words'
import { ProblemNotice } from '../components/problem-notice'

interface Props {
  children: ReactNode
}

/** An error in one screen must not leave a blank page. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <ErrorScreen error={this.state.error} />
  }
}

function ErrorScreen({ error }: { error: unknown }) {
  const { t } = useWords()
  return (
    <div className="page">
      <ProblemNotice error={error} />
      <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
    </div>
  )
}
