import type { Connector, Json, Translation } from '#connectors'
import { parseExact, UnreadableJson, withoutByteOrderMark } from '#connectors'
import { compareWithExpected } from './expected-translation'
import { findTranslationFaults } from './translation-faults'
import type { OfficialCodes } from './official-codes'
import type { FoundMessage, RecognisedContent } from './recognised-content'
import { describeTranslation } from './describe-translation'

export interface Marketplace {
  readonly connector: Connector
  readonly recognise: (json: Json, text: string) => RecognisedContent
  readonly codes: OfficialCodes
}

export interface Finding {
  /** `observed`, `must read`, `irrelevant`, `unintelligible`, or several of them with their counts. */
  readonly verdict: string
  readonly summary: string
  readonly faults: readonly string[]
  /** Number of messages that belong in quarantine, with a sound reason. */
  readonly quarantined?: number
}

interface CheckedMessage {
  readonly translation?: Translation
  readonly verdict: string
  readonly summary: string
  readonly faults: readonly string[]
}

/**
 * Translates every message of one file and compares it with the expectation, if there is one. Does not throw:
 * an exception of the connector is reported as a fault.
 */
export function checkFile(fileText: string, { connector, recognise, codes }: Marketplace, expected?: unknown): Finding {
  const text = withoutByteOrderMark(fileText)
  let recognised: RecognisedContent
  try {
    recognised = recognise(parseExact(text), text.trim())
  } catch (error) {
    if (error instanceof UnreadableJson)
      return { verdict: 'unintelligible', summary: error.message, faults: [], quarantined: 1 }
    throw error
  }
  if (recognised.type === 'irrelevant') return { verdict: 'irrelevant', summary: recognised.why, faults: [] }
  const checked = recognised.foundMessages.map((message) => checkMessage(message, connector, codes))
  if (checked.length === 0) return { verdict: 'irrelevant', summary: `${recognised.what} without messages`, faults: [] }
  return {
    verdict: summariseVerdicts(checked.map(({ verdict }) => verdict)),
    summary: `${recognised.what}: ${checked.map(({ summary }) => summary).join(' | ')}`,
    faults: [
      ...checked.flatMap(({ faults }) => faults),
      ...(expected === undefined
        ? []
        : compareWithExpected(
            expected,
            checked.flatMap(({ translation }) => translation ?? []),
          )),
    ],
    quarantined: checked.filter(
      ({ translation, faults }) => translation?.type === 'unintelligible' && faults.length === 0,
    ).length,
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

function checkMessage(message: FoundMessage, { inbound }: Connector, codes: OfficialCodes): CheckedMessage {
  try {
    const translation = inbound.translate({ channel: message.channel, raw: message.raw, receivedAt: Date.now() })
    return {
      translation,
      verdict: VERDICTS[translation.type],
      summary: describeTranslation(translation),
      faults: findTranslationFaults(message, translation, codes),
    }
  } catch (error) {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { verdict: 'thrown', summary: name, faults: [`threw ${name}`] }
  }
}

function summariseVerdicts(verdicts: readonly string[]): string {
  const different = [...new Set(verdicts)]
  if (verdicts.length === 1) return different[0] ?? ''
  return different.map((verdict) => `${verdicts.filter((one) => one === verdict).length} ${verdict}`).join(', ')
}
