import type { ProblemCode } from '../api/problem'
import { problemWords, type ProblemWords } from './problem-text'

/** What went wrong when a store was connected, or because it is paused or removed. */
export const STORE_PROBLEMS = {
  'address-not-allowed': problemWords(
    '地址不被允许',
    '只使用平台自己的地址；其他主机须在控制台的 INSECURE_HOSTS 中列出。',
    'Address not allowed',
    'Only the marketplace’s own addresses are used; INSECURE_HOSTS of the console names other hosts.',
  ),
  'all-stores-needed': problemWords(
    '需要全部店铺的权限',
    '你只能看部分店铺，看不到新店铺。请联系可以看全部店铺的所有者。',
    'You need rights for all stores',
    'You are limited to some stores and would not see the new one. Ask an owner of all stores.',
  ),
  'app-of-another-organisation': problemWords(
    '应用属于其他组织',
    '其他组织已登记这个应用。一个应用只属于一个组织。',
    'The app belongs to another organisation',
    'Another organisation has entered an app with this key.',
  ),
  'no-authorisation-page': problemWords(
    '没有授权页面',
    '应用缺少服务 ID，或平台没有授权页面。请改为填写密钥。',
    'There is no authorisation page',
    'The app has no service id, or the marketplace has no such page. Type the keys instead.',
  ),
  'authorisation-unknown': problemWords(
    '不认识这次授权',
    '它不是从这里开始的，或时间太久。什么都没有保存，请从店铺页重新开始。',
    'Unknown authorisation',
    'It was not begun here, or long ago. Nothing was stored. Begin again on the stores page.',
  ),
  'authorisation-foreign': problemWords(
    '这次授权由另一个登录开始',
    '只有开始授权的登录可以完成。什么都没有保存，请自己重新开始。',
    'Begun by another session',
    'Only the session that began it may complete it. Nothing was stored. Begin again yourself.',
  ),
  'authorisation-used': problemWords(
    '这次授权已经用过',
    '每次授权只能完成一次。如果店铺还没有接入，请重新开始。',
    'Authorisation already used',
    'Each one can be completed once. If the store is not connected, begin again.',
  ),
  'authorisation-expired': problemWords(
    '授权已超时',
    '距开始已超过 15 分钟。什么都没有保存，请重新开始。',
    'Authorisation expired',
    'More than 15 minutes have passed. Nothing was stored. Begin again.',
  ),
  'authorisation-failed': problemWords(
    '授权失败',
    '平台没有发放令牌。什么都没有保存，请重新开始。',
    'Authorisation failed',
    'The marketplace gave no tokens. Nothing was stored. Begin again.',
  ),
  'authorisation-of-another-store': problemWords(
    '授权的是另一家店铺',
    '请在平台页面选择正确的店铺，或填写该店铺自己的密钥。刚才授权的店铺若已接入，其新授权已保存；此外什么都没有保存。',
    'Another store was authorised',
    'Choose the right store on the marketplace’s page, or type its own keys. The one authorised just now keeps its new authorisation if it is connected; nothing else was stored.',
  ),
  'connection-failed': problemWords(
    '连接失败',
    '这些密钥不可用。什么都没有保存，请检查后重试。',
    'Connection failed',
    'These keys do not work. Nothing was stored. Check them and try again.',
  ),
  'store-paused': problemWords(
    '店铺已暂停',
    '暂停期间不向平台发送任何操作。请先恢复店铺。',
    'The store is paused',
    'Nothing is sent to its marketplace. Resume it first.',
  ),
  'store-removed': problemWords(
    '店铺已移除',
    '它的售后单可以查看，但不再发送任何操作。',
    'The store was removed',
    'Its cases can be read, and nothing is sent any more.',
  ),
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>
