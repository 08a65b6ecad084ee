import type { ActionEvent, Actor, MarketplaceAnswer, Term } from '#after-sale'
import { ACTIONS, formatYuan } from '#after-sale'

type ActionSentence<T extends ActionEvent['type']> = (event: Extract<ActionEvent, { type: T }>) => Term

const ANSWER_TERMS: Readonly<Record<MarketplaceAnswer['type'], Term>> = {
  done: { zh: '平台已受理', en: 'The marketplace accepted it' },
  refused: { zh: '平台拒绝', en: 'The marketplace refused it' },
  stale: { zh: '售后已变更，重新判断', en: 'The case had changed: judged again' },
  'in-doubt': { zh: '结果未知，向平台核实', en: 'No usable answer: the marketplace is asked what happened' },
}

/** One sentence for each type of event of an action, in both languages, without texts that a person wrote. */
export const ACTION_SENTENCES: { readonly [T in ActionEvent['type']]: ActionSentence<T> } = {
  ActionIntended: ({ action, by, way, amount }) => {
    const { zh, en } = ACTIONS[action.name]
    const actorTerm = termOfActor(by)
    const cost = amount === 0 ? '' : ` ¥${formatYuan(amount)}`
    const byHand = way === 'ASSISTED'
    return {
      zh: `${actorTerm.zh}决定：${zh}${cost}${byHand ? '（需人工操作）' : ''}`,
      en: `${actorTerm.en} decided: ${en}${cost}${byHand ? ' (to be done by hand)' : ''}`,
    }
  },
  ActionAnswered: ({ answer }) => {
    const { zh, en } = ANSWER_TERMS[answer.type]
    const code = 'code' in answer ? ` ${answer.code}` : ''
    return { zh: `${zh}${code}`, en: `${en}${code}` }
  },
  ActionAttested: () => ({ zh: '人工已在后台操作', en: 'Done by hand in the back office' }),
  ActionConfirmed: ({ by }) =>
    by === undefined
      ? { zh: '平台已显示操作生效', en: 'The marketplace shows that it took effect' }
      : { zh: '人工核实已生效', en: 'A person checked: it took effect' },
  ActionOvertaken: () => ({ zh: '售后已有其他结果', en: 'Something else has happened instead' }),
  ActionLapsed: ({ by }) =>
    by === undefined
      ? { zh: '平台未显示该操作，视为未生效', en: 'The marketplace does not show it: it did not happen' }
      : { zh: '人工核实未生效', en: 'A person checked: it did not happen' },
  ActionWithdrawn: () => ({ zh: '操作已取消', en: 'The action was withdrawn' }),
}

const termOfActor = (by: Actor): Term =>
  by.kind === 'person'
    ? { zh: '人工', en: 'A person' }
    : { zh: `策略 ${by.id} v${by.version} `, en: `Strategy ${by.id} v${by.version}` }
