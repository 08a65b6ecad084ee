/** The words of `t('keys.…')`. */
export const keysTexts = {
  keys: {
    title: { zh: 'API 密钥', en: 'API keys' },
    lead: {
      zh: '供程序使用，例如适配器和报表。权限不会多于创建它的人。',
      en: 'For programs such as adapters and reports. A key never has more rights than its creator.',
    },
    empty: { zh: '还没有 API 密钥', en: 'No API keys yet' },
    emptyHint: {
      zh: '创建后会显示在这里；密钥本身只显示一次。',
      en: 'Keys appear here once they are created. The secret itself is shown only once.',
    },
    list: { zh: '密钥', en: 'Keys' },
    label: { zh: '用途', en: 'Purpose' },
    labelHint: { zh: '以后靠它辨认，例如“报表”。', en: 'You will recognise the key by it, e.g. “reports”.' },
    permissions: { zh: '权限', en: 'Permissions' },
    stores: { zh: '店铺', en: 'Stores' },
    created: { zh: '创建时间', en: 'Created' },
    expires: { zh: '到期时间', en: 'Expires' },
    lastUsed: { zh: '最近使用', en: 'Last used' },
    never: { zh: '从未', en: 'never' },
    state: { zh: '状态', en: 'State' },
    active: { zh: '有效', en: 'Active' },
    expired: { zh: '已到期', en: 'Expired' },
    revoked: { zh: '已撤销', en: 'Revoked' },
    create: { zh: '创建密钥', en: 'Create a key' },
    createTitle: { zh: '新的 API 密钥', en: 'New API key' },
    validFor: { zh: '有效期', en: 'Valid for' },
    days: { zh: '{{n}} 天', en: '{{n}} days' },
    revoke: { zh: '撤销', en: 'Revoke' },
    revokeOf: { zh: '撤销 {{label}}', en: 'Revoke {{label}}' },
    revokeTitle: { zh: '撤销“{{label}}”？', en: 'Revoke “{{label}}”?' },
    revokeText: {
      zh: '使用它的程序下一次请求就会被拒绝，不能恢复。',
      en: 'The next request of the program that uses it is refused. This cannot be undone.',
    },
    secret: { zh: '密钥已创建', en: 'The key is created' },
    secretLead: {
      zh: '请填入程序的设置：请求头 Authorization: Bearer 加上此密钥。',
      en: 'Enter it in the settings of the program: header Authorization: Bearer, followed by this key.',
    },
  },
} as const
