import { problemWords } from './problem-text'

/** What went wrong with the log-in through the organisation's provider. */
export const SIGN_ON_PROBLEMS = {
  'oidc-unknown': problemWords(
    '没有这个登录入口',
    '请向组织的所有者索取登录链接。',
    'There is no such log-in',
    'Ask an owner of your organisation for its log-in link.',
  ),
  'oidc-start-again': problemWords(
    '请重新登录',
    '这次登录不是在本浏览器开始的、已经超过十分钟，或已经完成过。',
    'Start again',
    'This log-in was not begun in this browser, took more than ten minutes, or was completed already.',
  ),
  'oidc-unreachable': problemWords(
    '无法连接登录服务',
    '请稍后重试；仍不行请联系所有者检查签发者地址，所有者可以用密码登录。',
    'The log-in provider was not reached',
    'Try again in a minute. If it goes on, tell an owner, who can log in with a password and check the issuer.',
  ),
  'oidc-declined': problemWords(
    '登录服务没有允许登录',
    '请重新登录，或联系管理登录服务的人。',
    'The log-in provider did not let you in',
    'Start again, or ask whoever administers the provider.',
  ),
  'oidc-code-refused': problemWords(
    '登录服务没有接受授权码',
    '授权码已用过，或客户端密钥有误。请重新登录；仍不行请告诉所有者。',
    'The provider did not accept its code',
    'It was used before, or the client secret is wrong. Start again; if that does not help, tell an owner.',
  ),
  'oidc-not-verified': problemWords(
    '登录服务的回答未通过核对',
    '没有登录。请重新登录；再次出现请告诉所有者。',
    'The provider’s answer did not pass the checks',
    'Nobody was logged in. Start again; if it happens again, tell an owner.',
  ),
  'oidc-not-linked': problemWords(
    '这个组织账号没有关联到任何人',
    '请用它打开邀请链接，或先用密码登录，再到“我的账号”里关联。组织不允许密码登录时，请联系所有者。',
    'This account is not linked to anybody here',
    'Open your invitation with it, or log in with your password and link it under “My account”. If no password is allowed, ask an owner.',
  ),
  'oidc-person-disabled': problemWords(
    '你的权限已停用',
    '请联系组织的所有者。',
    'Your access was taken away',
    'Ask an owner of your organisation.',
  ),
  'oidc-not-allowed': problemWords(
    '组织不允许这个账号登录',
    '邮箱域名或角色不符合组织的规定，请联系所有者。',
    'The organisation does not let this account in',
    'Its e-mail domain or role is not among those allowed. Ask an owner.',
  ),
  'oidc-already-linked': problemWords(
    '已有关联',
    '这个组织账号属于另一人，或你已关联另一个账号。请先取消那一个关联。',
    'Already linked',
    'This account belongs to another person, or you are linked to another one. Unlink that first.',
  ),
  'oidc-not-fresh': problemWords(
    '没有重新确认',
    '登录服务没有再次要求登录。请在那里退出后再试，或用密码确认。',
    'This was no new confirmation',
    'The provider did not ask again. Log out there and try once more, or confirm with your password.',
  ),
  'oidc-other-person': problemWords(
    '这是另一个人的账号',
    '请用你自己的组织账号确认。',
    'That is another person’s account',
    'Confirm with your own.',
  ),
  'oidc-wanted': problemWords(
    '请用组织账号登录',
    '你的组织要求用组织账号登录，请用上面的按钮。',
    'Use your organisation’s account',
    'Your organisation requires its own log-in. Use the button above.',
  ),
  'oidc-secret-missing': problemWords(
    '缺少客户端密钥',
    '更换签发者或客户端时要重新输入密钥。',
    'The client secret is missing',
    'For another issuer or client, enter its secret as well.',
  ),
  'oidc-client-refused': problemWords(
    '登录服务不接受这个客户端',
    '客户端 ID 或密钥有误，没有保存。请从登录服务重新复制。',
    'The provider refused this client',
    'The client id or its secret is wrong. Nothing was saved. Copy both from the provider again.',
  ),
  'oidc-owner-without-password': problemWords(
    '没有设置了密码的所有者',
    '先让一位所有者设置密码：登录服务出故障时要有人能进。',
    'No owner has a password',
    'Let an owner choose one first, so that somebody gets in when the provider is down.',
  ),
  'oidc-no-other-log-in': problemWords(
    '这是你唯一的登录方式',
    '请先向所有者索取设置密码的链接。',
    'It is your only log-in',
    'First ask an owner for a link for a password.',
  ),
  'oidc-address-not-allowed': problemWords(
    '不能使用这个地址',
    '登录服务要有互联网上的 https 地址；其他主机须在控制台的 INSECURE_HOSTS 中列出。',
    'This address cannot be used',
    'A provider has an https address on the internet. INSECURE_HOSTS of the console names other hosts.',
  ),
} as const
