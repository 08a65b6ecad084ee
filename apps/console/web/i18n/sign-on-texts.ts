/** The words of `t('signOn.…')`: log-in through the organisation's own provider. */
export const signOnTexts = {
  signOn: {
    title: { zh: '单点登录', en: 'Single sign-on' },
    logIn: { zh: '用组织账号登录', en: 'Log in with your organisation’s account' },
    prove: { zh: '用组织账号确认', en: 'Confirm with your organisation’s account' },
    orPassword: { zh: '或者设置密码：', en: 'Or choose a password:' },
    proofLead: {
      zh: '这一步涉及资金或权限。请用组织账号重新登录确认，五分钟内有效。',
      en: 'This step moves money or rights. Log in again with your organisation’s account; it counts for five minutes.',
    },
    proofHint: {
      zh: '会离开本页，确认后回到这里，再做一次刚才的操作。未保存的输入会丢失。',
      en: 'You leave this page and come back to it; then do the step again. What you typed and did not save is lost.',
    },
    checking: { zh: '正在核对登录结果…', en: 'Checking the answer of your organisation’s log-in…' },
    notReturned: { zh: '没有可以核对的登录', en: 'There is no log-in to complete' },
    notReturnedLead: {
      zh: '这个地址供登录服务跳转使用。请从登录页开始。',
      en: 'The log-in provider sends people to this address. Start at the log-in.',
    },
    linked: {
      zh: '已关联：可以用组织账号登录。',
      en: 'Linked: your organisation’s account logs you in.',
    },
    notLinked: {
      zh: '未关联。关联后可以用组织账号登录。',
      en: 'Not linked. Once linked, your organisation’s account logs you in.',
    },
    requiredHere: { zh: '你的组织要求用它登录。', en: 'Your organisation requires it.' },
    link: { zh: '关联组织账号', en: 'Link my organisation’s account' },
    unlink: { zh: '取消关联', en: 'Unlink' },
    unlinkText: {
      zh: '之后只能用密码登录，由组织账号打开的其他会话会结束。',
      en: 'From then on only your password logs you in. Other sessions that the organisation’s account opened end.',
    },
    noPassword: {
      zh: '没有密码：用组织账号登录和确认身份。需要密码时，请向所有者索取设置密码的链接。',
      en: 'No password: your organisation’s account logs you in and confirms who you are. If you need one, ask an owner for a link.',
    },
    off: {
      zh: '未设置。设置后，同事可以用组织自己的账号（OpenID Connect）登录。',
      en: 'Not set up. Once it is, colleagues log in with the organisation’s own accounts (OpenID Connect).',
    },
    on: {
      zh: '同事可以用组织账号登录，也可以用密码。',
      en: 'Colleagues log in with the organisation’s account, or with a password.',
    },
    onOnly: {
      zh: '同事只能用组织账号登录；所有者还可以用密码。',
      en: 'Colleagues log in with the organisation’s account only; owners may also use their passwords.',
    },
    setUp: { zh: '设置单点登录', en: 'Set up single sign-on' },
    setUpLead: {
      zh: '先在登录服务里登记一个网页应用，再把它的信息填在这里。保存前会连接一次。',
      en: 'First register a web application at your log-in provider, then enter what it says. It is tried before it is saved.',
    },
    change: { zh: '更改', en: 'Change' },
    remove: { zh: '移除单点登录', en: 'Remove single sign-on' },
    removeText: {
      zh: '由它打开的会话会立即结束。没有密码的同事要用你生成的链接设置密码后才能登录。',
      en: 'Sessions that it opened end at once. Colleagues without a password need a link from you to choose one.',
    },
    redirectUrl: { zh: '回调地址（填到登录服务里）', en: 'Redirect URI, to be entered at the provider' },
    issuer: { zh: '签发者地址（issuer）', en: 'Issuer' },
    issuerHint: {
      zh: '以 https:// 开头，与登录服务的元数据一致。更换后，由它打开的会话会结束，同事需要重新关联。',
      en: 'It begins with https://, as in the provider’s metadata. After a change the sessions that it opened end, and colleagues have to link again.',
    },
    clientId: { zh: '客户端 ID', en: 'Client id' },
    clientSecret: { zh: '客户端密钥', en: 'Client secret' },
    clientSecretHint: {
      zh: '加密保存，不再显示。留空则沿用原来的。',
      en: 'Stored encrypted and never shown. Leave it empty to keep the present one.',
    },
    domains: { zh: '允许的邮箱域名', en: 'E-mail domains that may log in' },
    domainsHint: {
      zh: '用逗号分隔；邮箱须经登录服务验证。留空则不限。',
      en: 'Separated by commas. The provider must say that the address is verified. Empty: any.',
    },
    roleClaim: { zh: '表示角色的声明（claim）', en: 'Claim that names roles' },
    roleClaimHint: {
      zh: '例如 groups。只用来限制谁能登录，角色仍由你在这里分配。留空则不限。',
      en: 'For example groups. It only restricts who may log in: roles are still given by you. Empty: no limit.',
    },
    roleValues: { zh: '哪个值允许哪种角色登录', en: 'Which value lets which role log in' },
    value: { zh: '声明的值', en: 'Value of the claim' },
    addValue: { zh: '添加一行', en: 'Add a line' },
    removeValue: { zh: '删除', en: 'Remove' },
    required: { zh: '要求同事用组织账号登录', en: 'Require it of colleagues' },
    requiredHint: {
      zh: '先确认同事都已关联：用密码打开的会话会立即结束，没有关联的人无法再登录，也无法自己关联。所有者仍可用密码登录，以免登录服务出故障时无人能进。',
      en: 'Only once every colleague has linked an account: sessions that a password opened end at once, and who is not linked can neither log in nor link. Owners may still use their passwords, so that somebody gets in when the provider is down.',
    },
    notLinkedYet: {
      zh: '还有 {{n}} 位同事没有关联，之后将无法登录：',
      en: 'Not linked yet, and could not log in any more: {{n}}',
    },
    logInLink: { zh: '登录链接', en: 'Log-in link' },
    logInLinkHint: {
      zh: '发给同事。打开一次后，这个浏览器的登录页会一直显示组织账号登录。',
      en: 'Send it to colleagues. Once it was used in a browser, the log-in page there offers the organisation’s account.',
    },
  },
} as const
