import { theme } from 'antd'
import type { ThemeConfig } from 'antd'
import { useSyncExternalStore } from 'react'

const FONT =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

/** The colours of `colours.css` for the component library. */
const LIGHT = {
  colorPrimary: '#0e6e66',
  colorLink: '#0e6e66',
  colorError: '#c0331f',
  colorWarning: '#a86400',
  colorSuccess: '#2c7a3f',
  colorTextBase: '#1b2321',
  colorBgBase: '#ffffff',
  colorTextPlaceholder: '#606b67',
  colorBorder: '#d9dedb',
  colorBorderSecondary: '#e7ebe9',
  colorErrorBg: '#fdeeea',
  colorErrorBorder: '#f3c9c0',
  colorWarningBg: '#fbf3e2',
  colorWarningBorder: '#ecd7ab',
  colorSuccessBg: '#eaf5ec',
  colorSuccessBorder: '#c3e0ca',
}
const DARK = {
  colorPrimary: '#3fae9f',
  colorLink: '#3fae9f',
  colorError: '#ff7d68',
  colorWarning: '#e2a64a',
  colorSuccess: '#6cc07f',
  colorTextBase: '#e3e9e6',
  colorBgBase: '#171d1b',
  colorBgContainer: '#1b2220',
  colorBgElevated: '#232b29',
  colorTextPlaceholder: '#93a09b',
  colorBorder: '#38423f',
  colorBorderSecondary: '#2a3331',
  colorErrorBg: '#34201c',
  colorErrorBorder: '#63372e',
  colorWarningBg: '#32281a',
  colorWarningBorder: '#5a4722',
  colorSuccessBg: '#192d20',
  colorSuccessBorder: '#2f5439',
}

export function themeFor(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...(dark ? DARK : LIGHT),
      fontFamily: FONT,
      fontSize: 13,
      borderRadius: 6,
      controlHeight: 30,
      controlHeightSM: 24,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      // White on the lighter accent of the dark theme would be too faint to read.
      ...(dark && { Button: { primaryColor: '#0b1210' } }),
      Table: {
        cellPaddingInline: 10,
        cellPaddingBlock: 6,
        cellPaddingInlineSM: 8,
        cellPaddingBlockSM: 6,
        headerSplitColor: 'transparent',
      },
    },
  }
}

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')

/** Light or dark as the system prefers; follows a change. */
export function usePrefersDark(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      darkQuery.addEventListener('change', watcher)
      return () => darkQuery.removeEventListener('change', watcher)
    },
    () => darkQuery.matches,
  )
}
