import { Button } from 'antd'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words'
import { ProblemNotice } from '../components/problem-notice'

interface Props {
  children: ReactNode
}

/** A fault of ours in one page must not leave a blank screen. */
export class Breakage extends Component<Props, { error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useWords()
  return (
    <div className="page">
      <ProblemNotice error={error} />
      <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
    </div>
  )
}
