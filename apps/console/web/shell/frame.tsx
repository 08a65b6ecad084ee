import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { Outlet } from 'react-router'
import { useWords } from '../i18n/use-words'
import { ErrorBoundary } from './error-boundary'
import { themeFor, usePrefersDark } from './theme'

/** The nonce of this page: without it the browser refuses styles that a script adds. */
const STYLE_POLICY = { nonce: document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '' }

/** Colours and language, for every screen. */
export function Frame() {
  const { language } = useWords()
  const dark = usePrefersDark()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={themeFor(dark)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      csp={STYLE_POLICY}
    >
      <ErrorBoundary>
        <Outlet />
      </ErrorBoundary>
    </ConfigProvider>
  )
}
