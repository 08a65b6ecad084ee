import type { EntityManager } from 'typeorm'
import type { ClaimedMessage } from '#event-store'
import { overwriteBodies } from '#event-store'
import { erasedStreams } from '#ledgers'
import { parseEffectId } from '../performing/effect-id'
import type { InterpretedMessage, MessageInterpreter } from '../receiving/interpret-messages'
import type { CommandResult } from '../writing/case-command'

/** The case that a message is about; `undefined`: it is about none, or tells nothing of a buyer. */
export function caseOfMessage(message: InterpretedMessage): string | undefined {
  if (message.type === 'observed') return message.caseCommand.id
  if (message.type === 'answered') return parseEffectId(message.effect)?.stream
  return 'reading' in message ? message.reading?.stream : undefined
}

/**
 * The messages of a batch whose buyer is erased. A marketplace goes on to send the buyer: its reports are applied without them, and
 * their bodies are not kept. The result of a report tells of its case; only for messages that merely name one is it looked up.
 */
export async function messagesOfErased(
  manager: EntityManager,
  interpreted: readonly InterpretedMessage[],
  results: readonly CommandResult[],
): Promise<ReadonlySet<number>> {
  const erased = new Set(
    results.flatMap(({ caseCommand, after }) => (after?.erased === undefined ? [] : [caseCommand.id])),
  )
  const named = interpreted.flatMap((message) => (message.type === 'observed' ? [] : (caseOfMessage(message) ?? [])))
  if (named.length > 0) for (const id of await erasedStreams(manager, named)) erased.add(id)
  if (erased.size === 0) return NONE
  return new Set(
    interpreted.flatMap((message) => {
      const id = caseOfMessage(message)
      return id !== undefined && erased.has(id) ? [message.id] : []
    }),
  )
}

const NONE: ReadonlySet<number> = new Set()

/** Overwrites the bodies of these messages. Their rows stay, by which repetitions are recognised. */
export async function eraseBodies(
  manager: EntityManager,
  interpreter: Pick<MessageInterpreter, 'erasedBodyOf'>,
  messages: readonly ClaimedMessage[],
  erased: ReadonlySet<number>,
): Promise<void> {
  if (erased.size === 0) return
  const rows = messages.filter(({ id }) => erased.has(id))
  await overwriteBodies(
    manager,
    rows.map((message) => ({ id: message.id, raw: interpreter.erasedBodyOf(message) })),
  )
}
