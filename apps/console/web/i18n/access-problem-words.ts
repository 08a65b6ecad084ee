import { problemWords } from './problem-text'

/** What went wrong with log-in, rights, people and keys. */
export const ACCESS_PROBLEMS = {
  'not-signed-in': problemWords('尚未登录', '请登录后继续。', 'Not logged in', 'Log in to continue.'),
  'sign-in-refused': problemWords(
    '登录失败',
    '登录名、密码或验证码有误，或账号已停用。请检查后重试；忘记密码请联系组织的所有者。',
    'Log-in failed',
    'The login, password or code is wrong, or the account is disabled. Check and try again; an owner can reset your password.',
  ),
  forbidden: problemWords(
    '没有权限',
    '你的角色不能这样做，请联系组织的所有者。',
    'Not allowed',
    'Your role does not allow this. Ask an owner of your organisation.',
  ),
  'foreign-origin': problemWords(
    '地址不对',
    '请从控制台自己的地址打开页面。',
    'Wrong address',
    'Open the console under its own address.',
  ),
  'reauthentication-required': problemWords(
    '请再次确认身份',
    '这一步需要再次输入密码或验证码。',
    'Confirm that it is you',
    'This step needs your password or code again.',
  ),
  'proof-refused': problemWords(
    '密码或验证码有误',
    '没有任何改动，请重试。',
    'Wrong password or code',
    'Nothing was changed. Try again.',
  ),
  'for-people-only': problemWords(
    '仅限人员操作',
    'API 密钥不能这样做，请登录后操作。',
    'For people only',
    'An API key may not do this. Log in instead.',
  ),
  'more-than-own-rights': problemWords(
    '超出你自己的权限',
    '人员和密钥的权限与店铺不能多于你自己的。',
    'More than your own rights',
    'You cannot give a key or a person more permissions or stores than you have, nor change a person who has more.',
  ),
  'not-for-keys': problemWords(
    '密钥不能有此权限',
    '所选权限中有仅限人员的权限，请去掉后重试。',
    'Not for API keys',
    'One of these permissions is for people only. Remove it and try again.',
  ),
  'expiry-out-of-range': problemWords(
    '有效期不对',
    '密钥必须在一年之内到期。',
    'Invalid expiry',
    'A key must expire within a year.',
  ),
  'link-of-another-login': problemWords(
    '链接属于另一个登录名',
    '此链接是为另一个登录名创建的。请用那个登录名登录，或索取新的链接。',
    'This link is for another login',
    'Log in with the login that it was made for, or ask for a new link.',
  ),
  'already-member': problemWords(
    '你已在该组织中',
    '你已是该组织的成员；如果已被停用，请让所有者重新启用。链接没有被使用。',
    'You belong to this organisation already',
    'If you were disabled there, an owner can enable you again. The link was not used up.',
  ),
  'link-not-usable': problemWords(
    '链接不可用',
    '链接已过期、已使用或不存在，请索取新的链接。',
    'This link cannot be used',
    'It has expired, was opened before, or does not exist. Ask for a new one.',
  ),
  'no-such-person': problemWords(
    '没有此人',
    '请先邀请此人加入组织。',
    'No such person',
    'Invite the person to the organisation first.',
  ),
  'last-owner': problemWords(
    '这是最后一位所有者',
    '请先将另一人设为所有者。',
    'This is the last owner',
    'Make another person an owner first.',
  ),
  'works-elsewhere': problemWords(
    '此人还属于其他组织',
    '密码和两步验证只能由本人更改。',
    'This person works for another organisation, too',
    'Only the person can change the password and the second factor.',
  ),
  'reveals-spent': problemWords(
    '今天的查看次数已用完',
    '明天可以继续查看；如确有需要，请联系组织的所有者。',
    'Nothing left for today',
    'You can see more tomorrow. If it cannot wait, ask an owner of your organisation.',
  ),
  'too-many-searches': problemWords(
    '手机尾号搜索过于频繁',
    '请稍候再试，或改用订单号搜索。',
    'Too many searches by the end of a phone number',
    'Wait a few minutes, or search by order number.',
  ),
  'too-many-attempts': problemWords(
    '尝试次数过多',
    '请稍候再试。',
    'Too many attempts',
    'Wait a moment, then try again.',
  ),
} as const
