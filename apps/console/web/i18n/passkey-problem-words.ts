import { problemWords } from './problem-text'

/** What went wrong with passkeys. */
export const PASSKEY_PROBLEMS = {
  'passkey-needs-host-name': problemWords(
    '这个地址不能使用通行密钥',
    '请用控制台的主机名打开页面；在本机上可用 localhost。',
    'No passkeys under this address',
    'Open the console under its host name; on its own machine, as localhost.',
  ),
  'passkey-not-verified': problemWords(
    '设备的回答未通过核对',
    '没有任何改动。请重新添加；超过五分钟也会这样。',
    'The device’s answer did not pass the checks',
    'Nothing was stored. Begin again; it also happens after five minutes.',
  ),
  'passkey-known': problemWords(
    '这个通行密钥已登记',
    '没有任何改动。请用另一台设备。',
    'This passkey is registered already',
    'Nothing was changed. Use another device.',
  ),
  'too-many-passkeys': problemWords(
    '通行密钥过多',
    '每人最多 20 个。请先移除不用的。',
    'Too many passkeys',
    'A person may have 20. Remove one that is not used any more.',
  ),
} as const
