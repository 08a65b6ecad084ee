import type { ProblemCode } from '../api/problem'
import { problemWords, type ProblemWords } from './problem-text'

/** Why a case was not taken, passed on or noted. */
export const TEAMWORK_PROBLEMS = {
  'assigned-meanwhile': problemWords(
    '同事先了一步',
    '这个售后单的负责人刚刚变了，什么都没有改动。你填写的内容还在，请看现在由谁负责。',
    'A colleague was faster',
    'Who has the case has just changed; nothing was changed by you. What you typed is kept. See who has it now.',
  ),
  'case-ended': problemWords(
    '售后单已结束',
    '已经没有需要处理的内容。',
    'The case has ended',
    'There is nothing left to take.',
  ),
  'not-a-colleague': problemWords(
    '没有这位同事',
    '对方看不到这家店铺。请选择其他同事。',
    'No such colleague',
    'The person may not see this store. Choose another colleague.',
  ),
  'colleague-may-not-act': problemWords(
    '对方不能处理售后单',
    '对方的角色只能查看，转交后没有人能处理。请选择其他同事，或在备注里提及对方。',
    'They may not act on cases',
    'Their role may only read cases, so this one would wait. Choose another colleague, or mention them in a note.',
  ),
  'too-many-notes': problemWords(
    '备注太多',
    '一个售后单最多 200 条备注。',
    'Too many notes',
    'A case has at most 200 notes.',
  ),
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>
