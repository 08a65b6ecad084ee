import type { Connector, Json, Translation } from '#connectors'
import { parseExact, UnreadableJson, withoutByteOrderMark } from '#connectors'
import { unexpectedDifferences } from './expected-translation'
import { translationFaults } from './translation-faults'
import type { OfficialCodes } from './official-codes'
import type { Piece, Recognised } from './recognised-content'
import { describeTranslation } from './describe-translation'

export interface Marketplace {
  readonly connector: Connector
  readonly recognise: (json: Json, text: string) => Recognised
  readonly codes: OfficialCodes
}

export interface Finding {
  /** `observed`, `must read`, `irrelevant`, `unintelligible`, or several of them with their counts. */
  readonly verdict: string
  readonly words: string
  readonly faults: readonly string[]
  /** Number of messages that belong in quarantine, with a sound reason. */
  readonly quarantined?: number
}

interface CheckedPiece {
  readonly said?: Translation
  readonly verdict: string
  readonly words: string
  readonly faults: readonly string[]
}

/**
 * Translates every message of one file and compares it with the expectation, if there is one. Does not throw:
 * an exception of the connector is reported as a fault.
 */
export function checkFile(read: string, { connector, recognise, codes }: Marketplace, expected?: unknown): Finding {
  const text = withoutByteOrderMark(read)
  let recognised: Recognised
  try {
    recognised = recognise(parseExact(text), text.trim())
  } catch (error) {
    if (error instanceof UnreadableJson)
      return { verdict: 'unintelligible', words: error.message, faults: [], quarantined: 1 }
    throw error
  }
  if (recognised.type === 'irrelevant') return { verdict: 'irrelevant', words: recognised.why, faults: [] }
  const judged = recognised.pieces.map((piece) => checkPiece(piece, connector, codes))
  if (judged.length === 0) return { verdict: 'irrelevant', words: `${recognised.what} without messages`, faults: [] }
  return {
    verdict: countedVerdicts(judged.map(({ verdict }) => verdict)),
    words: `${recognised.what}: ${judged.map(({ words }) => words).join(' | ')}`,
    faults: [
      ...judged.flatMap(({ faults }) => faults),
      ...(expected === undefined
        ? []
        : unexpectedDifferences(
            expected,
            judged.flatMap(({ said }) => said ?? []),
          )),
    ],
    quarantined: judged.filter(({ said, faults }) => said?.type === 'unintelligible' && faults.length === 0).length,
  }
}

const VERDICTS: Readonly<Record<Translation['type'], string>> = {
  observed: 'observed',
  answered: 'answered',
  complete: 'complete',
  'must-read': 'must read',
  irrelevant: 'irrelevant',
  unintelligible: 'unintelligible',
}

function checkPiece(piece: Piece, { inbound }: Connector, codes: OfficialCodes): CheckedPiece {
  try {
    const said = inbound.translate({ channel: piece.channel, raw: piece.raw, receivedAt: Date.now() })
    return {
      said,
      verdict: VERDICTS[said.type],
      words: describeTranslation(said),
      faults: translationFaults(piece, said, codes),
    }
  } catch (error) {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { verdict: 'thrown', words: name, faults: [`threw ${name}`] }
  }
}

function countedVerdicts(verdicts: readonly string[]): string {
  const different = [...new Set(verdicts)]
  if (verdicts.length === 1) return different[0] ?? ''
  return different.map((verdict) => `${verdicts.filter((one) => one === verdict).length} ${verdict}`).join(', ')
}
