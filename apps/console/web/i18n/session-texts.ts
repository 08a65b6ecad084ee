/** The words of log-in, account, people, keys and audit. */
export const sessionTexts = {
  session: {
    title: { zh: '登录', en: 'Log in' },
    login: { zh: '登录名或邮箱', en: 'Login or e-mail' },
    password: { zh: '密码', en: 'Password' },
    logIn: { zh: '登录', en: 'Log in' },
    logOut: { zh: '退出登录', en: 'Log out' },
    noAccount: {
      zh: '没有账号？请向组织的所有者索取一次性链接。',
      en: 'No account? Ask an owner of your organisation for a one-time link.',
    },
    secondFactor: { zh: '两步验证', en: 'Second factor' },
    secondFactorLead: {
      zh: '请输入验证器应用上的六位数字，或一个恢复码。',
      en: 'Enter the six digits of your authenticator app, or a recovery code.',
    },
    code: { zh: '验证码', en: 'Code' },
    logOutFailed: { zh: '没有退出登录', en: 'You are still logged in' },
    logOutFailedLead: {
      zh: '服务没有确认退出。离开这台电脑前请重试。',
      en: 'The server did not confirm the log-out. Try again before you leave this computer.',
    },
    switchTo: { zh: '切换到{{organisation}}', en: 'Switch to {{organisation}}' },
    switchFailed: { zh: '没有切换组织', en: 'The organisation was not changed' },
    switchFailedLead: {
      zh: '你仍在原来的组织中。',
      en: 'You are still in the same organisation as before.',
    },
    withLogin: { zh: '我已有登录名，用它加入', en: 'I have a log-in: join with it' },
    asNewPerson: { zh: '改用新的登录名', en: 'Choose a new login instead' },
    logInToJoin: { zh: '登录后即可加入{{organisation}}。', en: 'Log in, then join {{organisation}}.' },
    join: { zh: '以 {{login}} 加入', en: 'Join as {{login}}' },
    joinLead: {
      zh: '你已以 {{login}} 登录。加入后可在右上角的菜单里切换组织。角色：{{role}}。',
      en: 'You are logged in as {{login}}. After joining, switch organisations in the menu at the top right. Role: {{role}}.',
    },
    back: { zh: '返回登录', en: 'Back to log-in' },
    welcome: { zh: '欢迎', en: 'Welcome' },
    welcomeTo: { zh: '欢迎加入{{organisation}}', en: 'Welcome to {{organisation}}' },
    lead: {
      owner: {
        zh: '你将成为这个组织的所有者。请选择登录名和密码。',
        en: 'You will be the owner of this organisation. Choose a login and a password.',
      },
      invite: {
        zh: '请选择登录名和密码。此链接只能使用一次。',
        en: 'Choose a login and a password. This link can be used once.',
      },
    },
    noLink: { zh: '链接不完整', en: 'The link is incomplete' },
    noLinkLead: { zh: '请完整复制链接，包括 # 后面的部分。', en: 'Copy the whole link, including what follows #.' },
    newPassword: { zh: '设置新密码', en: 'Choose a new password' },
    newPasswordLead: {
      zh: '登录名：{{login}}。设置后，其他会话都会结束。',
      en: 'Login: {{login}}. All other sessions will end.',
    },
    yourLogin: { zh: '你的登录名：{{login}}', en: 'Your login: {{login}}' },
    loginHint: {
      zh: '字母、数字和 . _ @ + -；以后不能更改。',
      en: 'Letters, digits and . _ @ + -; it cannot be changed later.',
    },
    displayName: { zh: '显示给同事的姓名', en: 'Name that colleagues see' },
    passwordHint: { zh: '至少 12 个字符，越长越好。', en: 'At least 12 characters; longer is better.' },
    enter: { zh: '进入', en: 'Continue' },
    proof: { zh: '请再次确认身份', en: 'Confirm that it is you' },
    proofLead: {
      zh: '这一步涉及资金或权限。请输入密码；开启了两步验证的，请输入验证码。五分钟内有效。',
      en: 'This step moves money or rights. Enter your password, or the code of your authenticator app if you use one. It counts for five minutes.',
    },
    proofByCode: {
      zh: '这一步涉及资金或权限。请输入验证器应用上的六位数字，或一个恢复码。五分钟内有效。',
      en: 'This step moves money or rights. Enter the six digits of your authenticator app, or a recovery code. It counts for five minutes.',
    },
    proofByClick: {
      zh: '这一步会动用钱款或权限。演示账号没有密码，点“确认”即可，五分钟内有效。可在“我的账号”里设置密码。',
      en: 'This step moves money or rights. The demonstration has no password: “Confirm” is enough, for five minutes. Choose a password under “My account”.',
    },
    passwordOrCode: { zh: '密码或验证码', en: 'Password or code' },
    confirm: { zh: '确认', en: 'Confirm' },
    cancel: { zh: '取消', en: 'Cancel' },
    account: { zh: '我的账号', en: 'My account' },
  },
  role: {
    owner: { zh: '所有者', en: 'Owner' },
    'after-sale-agent': { zh: '售后客服', en: 'After-sale agent' },
    'pre-sale-agent': { zh: '售前客服', en: 'Pre-sale agent' },
    warehouse: { zh: '仓库', en: 'Warehouse' },
    finance: { zh: '财务', en: 'Finance' },
    analyst: { zh: '分析', en: 'Analyst' },
    auditor: { zh: '审计', en: 'Auditor' },
  },
} as const
