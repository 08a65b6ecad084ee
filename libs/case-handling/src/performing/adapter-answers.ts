import type { EntityManager } from 'typeorm'
import type { EffectLife, EffectWithOwner } from '#event-store'
import { GAVE_UP, findEffect, answerAwaitedEffect } from '#event-store'
import type { InterpretedMessage } from '../receiving/interpret-messages'
import type { CaseCommand } from '../writing/case-command'
import { marketplaceAnswerOf, callResultOf, diagnosticTextOf } from './call-results'
import { parseEffectId } from './effect-id'

/** What an adapter reports about an action that it was given to carry out. */
export type AdapterAnswer = Extract<InterpretedMessage, { type: 'answered' }>

/** An answer that is not accepted; its message is quarantined with this reason. */
export interface RejectedAnswer {
  readonly id: number
  readonly org: number
  readonly reason: 'not-accepted'
  readonly detail: string
}

/** The streams of the answered effects, to be locked first: everywhere, streams are locked before effects. */
export const answeredStreams = (answers: readonly AdapterAnswer[]): string[] =>
  answers.flatMap(({ effect }) => parseEffectId(effect)?.stream ?? [])

/**
 * Applies the answers of adapters to the effects of their actions. An answer counts only with the fencing token of the
 * newest claim: one with an older token belongs to an earlier attempt. A timely answer ends the effect, a late one
 * resolves a doubt, a repeated one changes nothing. `now`: UTC ms.
 */
export async function settleAnswers(
  manager: EntityManager,
  answers: readonly AdapterAnswer[],
  now: number,
): Promise<{ readonly caseCommands: readonly CaseCommand[]; readonly rejected: readonly RejectedAnswer[] }> {
  const caseCommands: CaseCommand[] = []
  const rejected: RejectedAnswer[] = []
  for (const answer of answers) {
    const settled = await settleAnswer(manager, answer, now)
    if (typeof settled === 'string')
      rejected.push({ id: answer.id, org: answer.org, reason: 'not-accepted', detail: settled })
    else if (settled !== undefined) caseCommands.push(settled)
  }
  return { caseCommands, rejected }
}

/** Returns the command that records the answer, `undefined` if there is nothing to record, or why it is not accepted. */
async function settleAnswer(
  manager: EntityManager,
  { id, effect, token, outcome, store }: AdapterAnswer,
  now: number,
): Promise<CaseCommand | string | undefined> {
  const key = parseEffectId(effect)
  const storedEffect = key && (await findEffect(manager, key))
  // An adapter must not learn about actions of stores that it does not serve.
  if (key === undefined || storedEffect === undefined || storedEffect.store !== store)
    return 'no such action was handed out for this store'
  const life = await answerAwaitedEffect(manager, key, token, callResultOf(outcome), diagnosticTextOf(outcome))
  if (life === undefined) return refusalOf(storedEffect, token)
  if (life.state !== 'ended') return undefined
  const answer =
    outcome.type === 'try-later' ? marketplaceAnswerOf(outcome, GAVE_UP) : marketplaceAnswerOf(outcome, life.endedAs)
  // If the result is unknown, the adapter's call may have been in progress until now.
  const sentAt = answer.type === 'in-doubt' ? now : (storedEffect.sentAt ?? now)
  const command = { type: 'RecordAnswer', intent: key.intent, answer, sentAt, now } as const
  return { id: key.stream, org: storedEffect.org, store: storedEffect.store, messageId: id, command }
}

function refusalOf(storedEffect: EffectWithOwner, token: number): string | undefined {
  if (isRepetition(storedEffect, token)) return undefined
  return token === storedEffect.token
    ? 'the action is not handed out'
    : `answered under token ${token}; the newest claim is ${storedEffect.token}`
}

const isRepetition = ({ state, token: newest }: EffectLife, token: number): boolean =>
  state === 'ended' && token === newest
