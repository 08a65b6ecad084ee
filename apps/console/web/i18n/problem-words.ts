import type { ProblemCode } from '../api/problem'
import { ACCESS_PROBLEMS } from './access-problem-words'
import { BATCH_PROBLEMS } from './batch-problem-words'
import { ERASURE_PROBLEMS } from './erasure-problem-words'
import { PASSKEY_PROBLEMS } from './passkey-problem-words'
import { problemWords, type ProblemWords } from './problem-text'
import { SIGN_ON_PROBLEMS } from './sign-on-problem-words'
import { STORE_PROBLEMS } from './store-problem-words'
import { TEAMWORK_PROBLEMS } from './teamwork-problem-words'

/** What went wrong and what the reader can do about it, by the problem's code. */
export const PROBLEM_WORDS: Readonly<Record<ProblemCode, ProblemWords>> = {
  ...ACCESS_PROBLEMS,
  ...SIGN_ON_PROBLEMS,
  ...PASSKEY_PROBLEMS,
  ...BATCH_PROBLEMS,
  ...STORE_PROBLEMS,
  ...TEAMWORK_PROBLEMS,
  ...ERASURE_PROBLEMS,
  'not-understood': problemWords(
    '请求内容有误',
    '请检查下列内容后重试。',
    'Invalid request',
    'Check the fields below and try again.',
  ),
  'wrong-cursor': problemWords(
    '翻页位置已失效',
    '请从第一页重新开始。',
    'This page of the list is no longer valid',
    'Start again at the first page.',
  ),
  'search-by-one': problemWords(
    '请只按一项搜索',
    '订单号、姓名、电话或申请时间，只选其一。',
    'Search by one thing only',
    'Use an order number, a name, a phone number or a time of application.',
  ),
  'idempotency-key-missing': problemWords(
    '缺少操作编号',
    '每个操作都要带一个唯一编号（UUID），请重试。',
    'The action has no id',
    'Each action needs a unique id (UUID). Try again.',
  ),
  'no-right-answer': problemWords(
    '这些数据不能这样组合',
    '请缩短时间范围，或减少维度和筛选。',
    'These figures cannot be combined like this',
    'Take a shorter range, or fewer dimensions and filters.',
  ),
  'figures-too-slow': problemWords(
    '计算时间过长',
    '请缩短时间范围或减少店铺，或稍后重试。',
    'This took too long',
    'Take a shorter range or fewer stores, or try again later.',
  ),
  'ends-before-it-begins': problemWords(
    '时间范围有误',
    '结束时间要晚于开始时间。',
    'Invalid time range',
    'The end must be after the start.',
  ),
  'no-such-store': problemWords(
    '没有这家店铺',
    '请从店铺列表中选择。',
    'No such store',
    'Choose a store from the list.',
  ),
  'not-written-here': problemWords(
    '此项不能直接修改',
    '极速退款服务请用“开通”或“关闭”。',
    'This cannot be edited directly',
    'Open or close the advance refund instead.',
  ),
  'document-unusable': problemWords(
    '内容不可用',
    '请修改下列设置后重试。',
    'These settings are not valid',
    'Change the settings below and try again.',
  ),
  'no-such-policy': problemWords(
    '没有这个策略',
    '请从策略列表中选择。',
    'No such policy',
    'Choose a policy from the list.',
  ),
  'evidence-empty': problemWords(
    '文件是空的',
    '请选择有内容的文件。',
    'The file is empty',
    'Choose a file that is not empty.',
  ),
  'not-granted': problemWords(
    '没有权限',
    '主账号还没有把这些店铺的策略授权给你（R160）。',
    'No permission',
    'The main account has not granted you the strategies of these stores (R160).',
  ),
  'main-account-only': problemWords(
    '仅限主账号',
    '只有主账号可以授权（R160）。',
    'Main account only',
    'Only the main account can grant permissions (R160).',
  ),
  'not-found': problemWords(
    '没有找到',
    '它可能不存在，或不属于你的组织。',
    'Not found',
    'It does not exist, or it belongs to another organisation.',
  ),
  'page-not-built': problemWords(
    '页面尚未构建',
    '请用 npm start 启动。',
    'The page has not been built',
    'Start with `npm start`, which builds it.',
  ),
  'not-allowed': problemWords('这里不能这样做', '请返回后重试。', 'Not possible here', 'Go back and try again.'),
  'too-slow': problemWords(
    '请求超时',
    '网络太慢，请重试。',
    'The request took too long',
    'The network is slow. Try again.',
  ),
  conflict: problemWords(
    '现在不能这样做',
    '情况已有变化，请刷新后再看。',
    'Not possible right now',
    'Something has changed. Reload and check.',
  ),
  'action-refused': problemWords(
    '操作未执行',
    '当前售后单不允许这个操作，请查看原因后再试。',
    'The action was not performed',
    'The case does not allow it now. Check the reason and try again.',
  ),
  'changed-meanwhile': problemWords(
    '已被他人修改',
    '请刷新后再改。',
    'Changed in the meantime',
    'Another user has changed this. Reload and try again.',
  ),
  'trial-missing': problemWords(
    '缺少试跑',
    '正式启用前，要先在这些店铺试跑这个版本。',
    'Trial missing',
    'Going live needs a finished trial of this version at these stores.',
  ),
  'trial-running': problemWords(
    '试跑还没结束',
    '请等待试跑结束。',
    'The trial is still running',
    'Wait until it has finished.',
  ),
  'cap-missing': problemWords(
    '缺少每日上限',
    '正式启用要填写每家店铺每天的金额上限。',
    'Daily limit missing',
    'Going live needs a daily limit for each store.',
  ),
  'no-main-account': problemWords(
    '还没有主账号',
    '请先指定主账号。',
    'No main account yet',
    'Name the main account first.',
  ),
  'already-so': problemWords('已经是这样了', '没有任何改动。', 'Already done', 'Nothing was changed.'),
  'not-so': problemWords('没有可撤回的内容', '没有任何改动。', 'Nothing to revoke', 'Nothing was changed.'),
  'locked-for-a-day': problemWords(
    '24 小时内不能关闭',
    '开通满 24 小时后才能关闭（R155）。',
    'Cannot be closed for 24 hours',
    'It can be closed 24 hours after it was opened (R155).',
  ),
  'too-large': problemWords('内容太大', '请减小后重试。', 'Too large', 'Reduce the size and try again.'),
  'address-too-long': problemWords('地址太长', '请减少筛选条件。', 'The address is too long', 'Use fewer filters.'),
  'wrong-content-type': problemWords(
    '格式不支持',
    '这里只接受 JSON。',
    'Unsupported format',
    'Only JSON is accepted here.',
  ),
  'evidence-type': problemWords(
    '文件类型不支持',
    '请使用 JPEG、PNG、WebP 图片，MP4、MOV 视频或 PDF。',
    'Unsupported file type',
    'Use a picture (JPEG, PNG, WebP), a video (MP4, MOV) or a PDF.',
  ),
  'evidence-damaged': problemWords(
    '文件已损坏',
    '请打开文件，另存后重新上传。',
    'The file is damaged',
    'Open it, save a new copy and upload that.',
  ),
  'sealed-unreadable': problemWords(
    '无法解密',
    '加密它的密钥不在这里，请联系管理员。',
    'Cannot be decrypted',
    'The key that it was encrypted with is missing. Contact the administrator.',
  ),
  refused: problemWords('请求被拒绝', '请检查后重试。', 'The request was refused', 'Check it and try again.'),
  'could-not-be-written': problemWords(
    '操作未能记录',
    '操作没有执行，请稍后重试。',
    'The action was not recorded',
    'It was not performed. Try again later.',
  ),
  internal: problemWords(
    '服务出错了',
    '请稍后重试；日志里有更多信息。',
    'Internal error',
    'Try again later; see the log for details.',
  ),
  'in-use': problemWords(
    '正在被占用',
    '他人正在处理同一内容，请稍后重试。',
    'In use',
    'Another user is working on the same thing. Try again later.',
  ),
  'database-away': problemWords('数据库没有响应', '请稍后重试。', 'The database does not respond', 'Try again later.'),
  'too-many-watchers': problemWords(
    '实时连接太多',
    '请关闭一些页面后重试。',
    'Too many live connections',
    'Close some pages and try again.',
  ),
  'no-evidence-place': problemWords(
    '没有设置凭证存放位置',
    '请联系管理员设置。',
    'No storage for evidence',
    'Ask the administrator to configure one.',
  ),
}

/** Undefined for a code of a newer server. */
export const problemWordsOf = (code: string | undefined): ProblemWords | undefined =>
  code !== undefined && Object.hasOwn(PROBLEM_WORDS, code) ? PROBLEM_WORDS[code as ProblemCode] : undefined
