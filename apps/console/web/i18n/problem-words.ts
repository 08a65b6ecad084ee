import type { Term } from '../api/shapes'

/** What went wrong, by the code of the server's problem, and what the reader can do about it. */
export const PROBLEM_WORDS: Readonly<Record<string, { readonly title: Term; readonly detail: Term }>> = {
  'not-understood': problem(
    '请求内容有误',
    '请检查下列内容后重试。',
    'Not understood',
    'Check what is named below and try again.',
  ),
  'wrong-cursor': problem(
    '翻页位置已失效',
    '请从第一页重新开始。',
    'This page of the list is gone',
    'Begin again at the first page.',
  ),
  'search-by-one': problem(
    '请只按一项搜索',
    '订单号、姓名、电话或申请时间，只选其一。',
    'Search by exactly one',
    'An order number, a name, a phone or a time of application.',
  ),
  'operator-missing': problem(
    '缺少操作人',
    '请填写操作人姓名，最多 40 个字。',
    'Nobody is named',
    'Say who does this: a name of at most 40 letters.',
  ),
  'idempotency-key-missing': problem(
    '缺少操作编号',
    '每个操作都要带一个唯一编号（UUID），请重试。',
    'The action has no id',
    'Each action needs an id of its own (UUID). Try again.',
  ),
  'ends-before-it-begins': problem(
    '时间范围有误',
    '结束时间要晚于开始时间。',
    'Wrong time range',
    'The end must be after the beginning.',
  ),
  'no-such-store': problem(
    '没有这家店铺',
    '请从店铺列表中选择。',
    'No such store',
    'Choose one of the list of stores.',
  ),
  'not-written-here': problem(
    '此项不能直接修改',
    '极速退款服务请用“开通”或“关闭”。',
    'Not changed here',
    'The advance refund is opened and closed, not written.',
  ),
  'document-unusable': problem(
    '内容不可用',
    '请修改下列设置后重试。',
    'Not usable as it is',
    'Change the settings that are named below.',
  ),
  'no-such-policy': problem(
    '没有这个策略',
    '请从策略列表中选择。',
    'No such policy',
    'Choose one of the list of policies.',
  ),
  'evidence-empty': problem(
    '文件是空的',
    '请选择有内容的文件。',
    'The file is empty',
    'Choose a file that holds something.',
  ),
  forbidden: problem(
    '不允许访问',
    '控制台只接受本机上它自己的页面发来的请求。',
    'Not allowed',
    'The console answers only its own page on this machine.',
  ),
  'not-granted': problem(
    '没有权限',
    '主账号还没有把这些店铺的策略授权给你（R160）。',
    'Not granted',
    'The main account has not given you the strategies of these stores (R160).',
  ),
  'main-account-only': problem(
    '仅限主账号',
    '只有主账号可以授权（R160）。',
    'Main account only',
    'Only the main account grants (R160).',
  ),
  'not-found': problem(
    '没有找到',
    '它可能不存在，或不属于你的组织。',
    'Not found',
    'It does not exist, or not for your organisation.',
  ),
  'page-not-built': problem(
    '页面尚未构建',
    '请用 npm start 启动。',
    'The page has not been built',
    'npm start builds it.',
  ),
  'not-allowed': problem('这里不能这样做', '请返回后重试。', 'Cannot be done here', 'Go back and try again.'),
  'too-slow': problem('请求超时', '网络太慢，请重试。', 'The request took too long', 'The network is slow. Try again.'),
  conflict: problem(
    '现在不能这样做',
    '情况已有变化，请刷新后再看。',
    'Cannot be done as things stand',
    'Something has changed. Look again.',
  ),
  'action-refused': problem(
    '操作未执行',
    '当前售后单不允许这个操作，请查看原因后再试。',
    'Not done',
    'The case does not allow it now. See the reason and try again.',
  ),
  'changed-meanwhile': problem(
    '已被他人修改',
    '请刷新后再改。',
    'Changed meanwhile',
    'Somebody else has changed this. Look again.',
  ),
  'trial-missing': problem(
    '缺少试跑',
    '正式启用前，要先在这些店铺试跑这个版本。',
    'Trial missing',
    'Live needs a finished trial of this version at these stores.',
  ),
  'trial-running': problem('试跑还没结束', '请等待试跑结束。', 'The trial is still running', 'Wait for its end.'),
  'cap-missing': problem(
    '缺少每日上限',
    '正式启用要填写每家店铺每天的金额上限。',
    'Cap missing',
    'Live needs a cap for each store and day.',
  ),
  'no-main-account': problem(
    '还没有主账号',
    '请先指定主账号。',
    'No main account yet',
    'Say first who the main account is.',
  ),
  'already-so': problem('已经是这样了', '没有任何改动。', 'It is so already', 'Nothing was changed.'),
  'not-so': problem('没有可撤回的内容', '没有任何改动。', 'There is nothing to take back', 'Nothing was changed.'),
  'locked-for-a-day': problem(
    '24 小时内不能关闭',
    '开通满 24 小时后才能关闭（R155）。',
    'Locked for a day',
    'It can be closed 24 hours after it was opened (R155).',
  ),
  'too-large': problem('内容太大', '请减小后重试。', 'Too large', 'Make it smaller and try again.'),
  'address-too-long': problem('地址太长', '请减少筛选条件。', 'The address is too long', 'Use fewer filters.'),
  'wrong-content-type': problem('格式不支持', '这里只接受 JSON。', 'This format is not taken', 'Send JSON.'),
  'evidence-type': problem(
    '文件类型不支持',
    '请使用 JPEG、PNG、WebP 图片，MP4、MOV 视频或 PDF。',
    'This type of file is not taken',
    'Pictures (JPEG, PNG, WebP), videos (MP4, MOV) and PDF are.',
  ),
  'evidence-damaged': problem(
    '文件已损坏',
    '请打开文件，另存后重新上传。',
    'The file is damaged',
    'Open it, save it anew and add that.',
  ),
  'sealed-unreadable': problem(
    '无法解密',
    '加密它的密钥不在这里，请联系管理员。',
    'Cannot be opened',
    'It was sealed under a key that is not here. Ask whoever runs this.',
  ),
  refused: problem('请求被拒绝', '请检查后重试。', 'The request was refused', 'Check it and try again.'),
  'could-not-be-written': problem(
    '操作未能记录',
    '操作没有执行，请稍后重试。',
    'Not written down',
    'The action is not done. Try again in a moment.',
  ),
  internal: problem(
    '服务出错了',
    '请稍后重试；日志里有更多信息。',
    'The console could not answer',
    'Try again in a moment; the log says more.',
  ),
  'in-use': problem(
    '正在被占用',
    '他人正在处理同一内容，请稍后重试。',
    'In use',
    'Others are at work just there. Try again in a moment.',
  ),
  'database-away': problem('数据库没有响应', '请稍后重试。', 'The database does not answer', 'Try again in a moment.'),
  'too-many-watchers': problem(
    '实时连接太多',
    '请关闭一些页面后重试。',
    'Too many live pages',
    'Close some of them and try again.',
  ),
  'no-evidence-place': problem(
    '没有设置凭证存放位置',
    '请联系管理员设置。',
    'No place for evidence',
    'Ask whoever runs this to set one.',
  ),
}

/** What is wrong with one field, by the code of its error. */
export const FIELD_WORDS: Readonly<Record<string, Term>> = {
  'unknown-field': { zh: '没有这一项', en: 'is not known here' },
  missing: { zh: '缺少', en: 'is missing' },
  'wrong-type': { zh: '类型不对', en: 'is of another type' },
  'not-an-option': { zh: '不在可选范围内', en: 'is none of the options' },
  'wrong-form': { zh: '格式不对', en: 'is not of the right form' },
  'out-of-range': { zh: '超出范围', en: 'is too small or too large' },
  'wrong-length': { zh: '太短或太长', en: 'is too short or too long' },
  'named-twice': { zh: '有重复', en: 'names something twice' },
  'not-here': { zh: '不存在', en: 'names something that is not here' },
  'unstorable-text': { zh: '含有无法保存的字符', en: 'holds characters that cannot be stored' },
  'too-deep': { zh: '嵌套太深', en: 'is nested too deeply' },
  'not-usable': { zh: '不可用', en: 'cannot be used as it is' },
}

function problem(zhTitle: string, zhDetail: string, enTitle: string, enDetail: string) {
  return { title: { zh: zhTitle, en: enTitle }, detail: { zh: zhDetail, en: enDetail } }
}
