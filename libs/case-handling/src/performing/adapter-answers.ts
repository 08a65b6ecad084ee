import type { EntityManager } from 'typeorm'
import type { EffectLife, EffectWithOwner } from '#event-store'
import { GAVE_UP, findEffect, answerAwaitedEffect } from '#event-store'
import type { InterpretedMessage } from '../receiving/interpret-messages'
import type { CaseCommand } from '../writing/case-command'
import { answerOf, callEndOf, textOf } from './call-ends'
import { effectKeyOf } from './effect-id'

export type AdapterAnswer = Extract<InterpretedMessage, { type: 'answered' }>

/** An answer that is not accepted, put into quarantine. */
export interface RejectedAnswer {
  readonly id: number
  readonly org: number
  readonly reason: 'not-accepted'
  readonly detail: string
}

/** The streams of the answered effects; streams are always locked before effects. */
export const streamsAnswered = (answers: readonly AdapterAnswer[]): string[] =>
  answers.flatMap(({ effect }) => effectKeyOf(effect)?.stream ?? [])

/**
 * Answers to actions that were handed out to an adapter. Each counts only under the token of the newest claim: an
 * adapter that was handed an action by a worker that lost its claim may have carried it out, but its answer is not the
 * awaited one. In time it ends the effect, late it resolves a doubt; repeated it changes nothing. `now`: UTC ms.
 */
export async function settleAnswers(
  manager: EntityManager,
  answers: readonly AdapterAnswer[],
  now: number,
): Promise<{ readonly caseCommands: readonly CaseCommand[]; readonly rejected: readonly RejectedAnswer[] }> {
  const caseCommands: CaseCommand[] = []
  const rejected: RejectedAnswer[] = []
  for (const answer of answers) {
    const settled = await settleOne(manager, answer, now)
    if (typeof settled === 'string')
      rejected.push({ id: answer.id, org: answer.org, reason: 'not-accepted', detail: settled })
    else if (settled !== undefined) caseCommands.push(settled)
  }
  return { caseCommands, rejected }
}

/** The command for the case; `undefined`: none; a string: why the answer is not accepted. */
async function settleOne(
  manager: EntityManager,
  { id, effect, token, outcome, store }: AdapterAnswer,
  now: number,
): Promise<CaseCommand | string | undefined> {
  const key = effectKeyOf(effect)
  const found = key && (await findEffect(manager, key))
  // For an adapter of other stores there is no such effect.
  if (key === undefined || found === undefined || found.store !== store)
    return 'no such action was handed out for this store'
  const life = await answerAwaitedEffect(manager, key, token, callEndOf(outcome), textOf(outcome))
  if (life === undefined) return refusalOf(found, token)
  if (life.state !== 'ended') return undefined
  const answer = outcome.type === 'try-later' ? answerOf(outcome, GAVE_UP) : answerOf(outcome, life.endedAs)
  // The adapter's call may have been in progress until it answered.
  const sentAt = answer.type === 'in-doubt' ? now : (found.sentAt ?? now)
  const command = { type: 'RecordAnswer', intent: key.intent, answer, sentAt, now } as const
  return { id: key.stream, org: found.org, store: found.store, messageId: id, command }
}

function refusalOf(found: EffectWithOwner, token: number): string | undefined {
  if (isRepetition(found, token)) return undefined
  return token === found.token
    ? 'the action is not handed out'
    : `answered under token ${token}; the newest claim is ${found.token}`
}

const isRepetition = ({ state, token: newest }: EffectLife, token: number): boolean =>
  state === 'ended' && token === newest
