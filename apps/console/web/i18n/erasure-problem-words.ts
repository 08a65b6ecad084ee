import type { ProblemCode } from '../api/problem'
import { problemWords, type ProblemWords } from './problem-text'

/** Why the erasure of a buyer was not requested. */
export const ERASURE_PROBLEMS = {
  'erasure-of-all-stores': problemWords(
    '需要所有店铺的权限',
    '清除会涉及该买家在所有店铺的售后单，而你只能查看部分店铺。请联系能查看所有店铺的所有者。',
    'Rights for all stores are needed',
    'A buyer is erased from the cases of all stores, and you are limited to some. Ask an owner of all stores.',
  ),
  'erasure-not-confirmed': problemWords(
    '售后单号不一致',
    '没有清除任何内容。请重新输入这个售后单的单号。',
    'The number differs',
    'Nothing was erased. Type the number of this case again.',
  ),
  'erasure-too-large': problemWords(
    '售后单过多',
    '超过 1,000 个售后单使用这个号码，可能是代收点而不是同一买家。请由管理员用命令 npm run erase 清除。',
    'Too many cases',
    'More than 1,000 cases have this phone number: those of a shop or a forwarder rather than of one buyer. An administrator can use `npm run erase`.',
  ),
  'erasure-of-open-cases': problemWords(
    '有售后单尚未结束',
    '没有清除任何内容。请确认可以失去这些售后单的凭证，或等它们结束后再清除。',
    'Some cases are still open',
    'Nothing was erased. Confirm that their evidence may be lost, or wait until they have ended.',
  ),
  'erasure-action-under-way': problemWords(
    '有操作尚未完成',
    '没有清除任何内容。请先完成或撤回这些售后单的操作。',
    'An action is not settled',
    'Nothing was erased. Settle or withdraw the actions of these cases first.',
  ),
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>
