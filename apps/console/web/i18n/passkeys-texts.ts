/** The words of `t('passkeys.…')`. */
export const passkeysTexts = {
  passkeys: {
    title: { zh: '通行密钥', en: 'Passkeys' },
    lead: {
      zh: '登录时在输入密码之后，用指纹、面容、PIN 或安全密钥代替验证码。',
      en: 'After the password, a fingerprint, face, PIN or security key instead of a code.',
    },
    notHere: {
      zh: '用 IP 地址打开的页面不能使用通行密钥。请用主机名打开控制台；在本机上可用 localhost。',
      en: 'Browsers have no passkeys for this address. Open the console under its host name; on its own machine, as localhost.',
    },
    oldBrowser: { zh: '这个浏览器不支持通行密钥。', en: 'This browser has no passkeys.' },
    add: { zh: '添加通行密钥', en: 'Add a passkey' },
    addLead: {
      zh: '先给它起个名字，以后能认出是哪台设备；随后浏览器会请你确认。',
      en: 'Name it, so that you know the device later. Then your browser asks you to confirm.',
    },
    next: { zh: '继续', en: 'Continue' },
    name: { zh: '名称', en: 'Name' },
    nameHint: { zh: '最多 60 个字符。', en: 'At most 60 characters.' },
    created: { zh: '添加时间', en: 'Added' },
    never: { zh: '从未', en: 'Never' },
    worksAt: { zh: '仅用于 {{host}}', en: 'Works at {{host}} only' },
    remove: { zh: '移除', en: 'Remove' },
    removeTitle: { zh: '移除“{{name}}”', en: 'Remove “{{name}}”' },
    removeText: {
      zh: '这台设备不能再用来登录和确认身份。设备里保存的那一份请自行删除。',
      en: 'It no longer logs you in or confirms who you are. Delete the copy on the device yourself.',
    },
    removeLastText: {
      zh: '这是最后一个：之后仅凭密码就能登录，恢复码全部作废。',
      en: 'It is the last one: from then on the password alone logs in, and all recovery codes are void.',
    },
    use: { zh: '使用通行密钥', en: 'Use a passkey' },
    recoveryCode: { zh: '恢复码', en: 'Recovery code' },
    logIn: {
      zh: '请使用通行密钥。设备不在身边时，输入一个恢复码。',
      en: 'Use your passkey. Without the device, enter a recovery code.',
    },
    logInOrCode: {
      zh: '请使用通行密钥，或输入验证器应用上的六位数字或一个恢复码。',
      en: 'Use your passkey, or enter the six digits of your authenticator app or a recovery code.',
    },
    logInElsewhere: {
      zh: '你的通行密钥不能在这个地址或浏览器使用。请输入一个恢复码，或用平时的地址打开控制台。',
      en: 'Your passkeys do not work under this address or in this browser. Enter a recovery code, or open the console under its usual address.',
    },
    proofLead: {
      zh: '这一步涉及资金或权限。请用通行密钥确认，或输入恢复码。五分钟内有效。',
      en: 'This step moves money or rights. Confirm with your passkey, or enter a recovery code. It counts for five minutes.',
    },
    proofLeadOrCode: {
      zh: '这一步涉及资金或权限。请用通行密钥确认，或输入验证码或恢复码。五分钟内有效。',
      en: 'This step moves money or rights. Confirm with your passkey, or enter a code or a recovery code. It counts for five minutes.',
    },
    proofLeadElsewhere: {
      zh: '这一步涉及资金或权限。你的通行密钥不能在这里使用，请输入一个恢复码。五分钟内有效。',
      en: 'This step moves money or rights. Your passkeys do not work here: enter a recovery code. It counts for five minutes.',
    },
    cancelled: { zh: '没有确认', en: 'Not confirmed' },
    cancelledText: {
      zh: '已取消、超时，或设备上没有可用的通行密钥。请重试。',
      en: 'It was cancelled, took too long, or the device has no passkey for this page. Try again.',
    },
    known: { zh: '这台设备已添加', en: 'This device was added already' },
    knownText: { zh: '它已经可以用来登录。', en: 'It can log you in as it is.' },
    unable: { zh: '设备不能使用', en: 'This device cannot be used' },
    unableText: {
      zh: '它不支持通行密钥，或没有设置指纹、面容或 PIN。请换一台设备。',
      en: 'It has no passkeys, or no fingerprint, face or PIN is set up. Use another device.',
    },
  },
} as const
