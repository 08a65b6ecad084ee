import type { KeyField, Onboarding, StoreFieldName } from '../contract'
import { DIGITS, KEY_CHARACTERS } from '../contract'

const token = (name: StoreFieldName, zh: string, en: string): KeyField<StoreFieldName> => ({
  name,
  label: { zh, en },
  hint: {
    zh: '从其他系统导出的授权；在那里续期会使这里失效',
    en: 'Exported from another system; renewing it there ends it here',
  },
  secret: true,
  pattern: KEY_CHARACTERS,
})

export const onboarding: Onboarding = {
  appFields: [
    {
      name: 'appKey',
      label: { zh: 'client_id', en: 'client_id' },
      hint: { zh: '拼多多开放平台-控制台-应用详情', en: 'Pinduoduo open platform – console – the app' },
      secret: false,
      pattern: KEY_CHARACTERS,
    },
    {
      name: 'appSecret',
      label: { zh: 'client_secret', en: 'client_secret' },
      hint: { zh: '在同一页', en: 'On the same page' },
      secret: true,
      pattern: KEY_CHARACTERS,
    },
  ],
  storeFields: [
    {
      name: 'shop',
      label: { zh: '店铺 ID（mall_id）', en: 'Store id (mall_id)' },
      hint: { zh: '商家后台-店铺信息', en: 'Back office – store information' },
      secret: false,
      pattern: DIGITS,
    },
    token('accessToken', 'access_token', 'access_token'),
    token('refreshToken', 'refresh_token', 'refresh_token'),
  ],
  authorisation: {
    hint: {
      zh: '只有店铺主账号可以授权。再次授权后，之前的令牌失效。应用的回调地址须与下面的地址一致。',
      en: 'Only the main account of the store may authorise. Authorising again ends the earlier tokens. The callback address of the app has to be the one below.',
    },
    returnsToSetting: false,
    pageUrl({ appKey, endpoints }, state, returnUrl) {
      const address = endpoints['authorise'] ?? ''
      if (!URL.canParse(address)) return undefined
      const url = new URL(address)
      const query = { response_type: 'code', client_id: appKey, redirect_uri: returnUrl, state }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.href
    },
  },
}
