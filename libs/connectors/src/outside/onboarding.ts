import type { Onboarding } from '../contract'
import { KEY_CHARACTERS } from '../contract'

/** The app is the adapter; its stores are those that it may report for. Nothing can be asked of it from here. */
export const onboarding: Onboarding = {
  appFields: [
    {
      name: 'appKey',
      label: { zh: '适配器名称', en: 'Name of the adapter' },
      hint: { zh: '与适配器的设置一致', en: 'As it is set in the adapter' },
      secret: false,
      pattern: '[\\w-]{1,40}',
    },
    {
      name: 'appSecret',
      label: { zh: '共享密钥', en: 'Shared secret' },
      hint: { zh: '双方用它签名', en: 'Both sides sign with it' },
      secret: true,
      pattern: KEY_CHARACTERS,
    },
  ],
  storeFields: [
    {
      name: 'shop',
      label: { zh: '店铺编号', en: 'Number of the store' },
      hint: { zh: '适配器上报时使用的编号', en: 'As the adapter reports it' },
      secret: false,
      pattern: '[\\w-]{1,40}',
    },
  ],
}
