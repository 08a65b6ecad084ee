import type { Onboarding } from '../contract'
import { DIGITS, KEY_CHARACTERS } from '../contract'

const FOUND = { zh: '样板平台后台', en: 'In the back office of the skeleton' }

/** Its keys are typed; it has no page where a merchant authorises an app. */
export const onboarding: Onboarding = {
  appFields: [
    { name: 'appKey', label: { zh: '应用', en: 'App' }, hint: FOUND, secret: false, pattern: KEY_CHARACTERS },
    { name: 'appSecret', label: { zh: '密钥', en: 'Secret' }, hint: FOUND, secret: true, pattern: KEY_CHARACTERS },
  ],
  storeFields: [
    { name: 'shop', label: { zh: '店铺', en: 'Store' }, hint: FOUND, secret: false, pattern: DIGITS },
    { name: 'accessToken', label: { zh: '令牌', en: 'Token' }, hint: FOUND, secret: true, pattern: KEY_CHARACTERS },
    {
      name: 'refreshToken',
      label: { zh: '续期令牌', en: 'Refresh token' },
      hint: FOUND,
      secret: true,
      pattern: KEY_CHARACTERS,
    },
  ],
}
