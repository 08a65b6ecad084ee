import type { Onboarding } from '../contract'
import { DIGITS, KEY_CHARACTERS } from '../contract'

/** A tool app is authorised on the platform's page; the merchant's own app asks with the number of its store. */
export const onboarding: Onboarding = {
  appFields: [
    {
      name: 'appKey',
      label: { zh: 'App Key', en: 'App key' },
      hint: { zh: '抖店开放平台-控制台-应用详情', en: 'Doudian open platform – console – the app' },
      secret: false,
      pattern: DIGITS,
    },
    {
      name: 'appSecret',
      label: { zh: 'App Secret', en: 'App secret' },
      hint: { zh: '在同一页，点击查看', en: 'On the same page, behind “view”' },
      secret: true,
      pattern: KEY_CHARACTERS,
    },
    {
      name: 'service',
      label: { zh: '服务 ID', en: 'Service id' },
      hint: {
        zh: '工具型应用在服务市场的编号；自用型应用没有，填 0',
        en: 'The number of a tool app in the service market; 0 for an app of your own, which has none',
      },
      secret: false,
      pattern: DIGITS,
    },
  ],
  storeFields: [
    {
      name: 'shop',
      label: { zh: '店铺 ID', en: 'Store id' },
      hint: {
        zh: '抖店后台右上角；只适用于自用型应用',
        en: 'At the top right of the back office; for an app of your own only',
      },
      secret: false,
      pattern: DIGITS,
    },
  ],
  authorisation: {
    hint: {
      zh: '请用店铺主账号登录；页面会列出可授权的店铺。应用的回调地址须设为下面的地址。',
      en: 'Log in there with the main account of the store. The callback address of the app has to be the one below.',
    },
    returnsToSetting: true,
    pageUrl({ service, endpoints }, state) {
      const address = endpoints['authorise'] ?? ''
      if (service === undefined || service === '0' || !URL.canParse(address)) return undefined
      const url = new URL(address)
      url.searchParams.set('service_id', service)
      url.searchParams.set('state', state)
      return url.href
    },
  },
}
