import type { ProblemCode } from '../api/problem'
import { problemWords, type ProblemWords } from './problem-text'

/** Why a batch was not frozen, not started or not retried. */
export const BATCH_PROBLEMS = {
  'batch-empty': problemWords(
    '没有可处理的售后单',
    '所选售后单都不在你的权限内，或筛选没有结果。请重新选择。',
    'No cases to act on',
    'None of these cases is yours to act on, or the filter matches nothing. Select again.',
  ),
  'batch-too-large': problemWords(
    '售后单太多',
    '一批最多 5,000 单，请缩小筛选范围。',
    'Too many cases',
    'A batch has at most 5,000 cases. Narrow the filter.',
  ),
  'batch-expired': problemWords(
    '预览已过期',
    '预览超过十分钟，什么都没有发送。请重新预览。',
    'The preview has expired',
    'It is older than ten minutes. Nothing was sent. Make a new preview.',
  ),
  'batch-differs': problemWords(
    '与预览不一致',
    '数量、金额或提示与预览不同，什么都没有发送。请重新查看预览。',
    'Not what was shown',
    'Number, amount or warnings differ from the preview. Nothing was sent. Look at the preview again.',
  ),
  'batch-nothing-to-send': problemWords(
    '没有可发送的',
    '这一批的售后单全部被拒绝，什么都没有发送。',
    'Nothing to send',
    'Every case of the set is refused. Nothing was sent.',
  ),
  'batch-not-retriable': problemWords(
    '没有可重试的',
    '没有失败的售后单，或失败的已在另一次重试中，或仍在进行，或结束已超过一天。',
    'Nothing to retry',
    'Nothing has failed that no retry has taken over, it is still running, or it ended more than a day ago.',
  ),
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>
