import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { Outlet } from 'react-router'
import { useLiveRefresh } from '../api/live-refresh'
import { useWords } from '../i18n/use-words'
import { ErrorBoundary } from './error-boundary'
import { Header } from './header'
import { themeFor, usePrefersDark } from './theme'

/** The nonce of this page: without it the browser refuses styles that a script adds. */
const STYLES = { nonce: document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '' }

/** What stays while the screens change: colours, language, header, the live connection. */
export function Shell() {
  const { language } = useWords()
  const dark = usePrefersDark()
  useLiveRefresh()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={themeFor(dark)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      csp={STYLES}
    >
      <div className="shell">
        <Header />
        <main>
          <ErrorBoundary>
            <Outlet />
          </ErrorBoundary>
        </main>
      </div>
    </ConfigProvider>
  )
}
