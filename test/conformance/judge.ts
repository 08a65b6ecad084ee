import type { Translation } from '#connectors'
import { asObject, parseJson } from '#connectors'
import type { OfficialCodes } from './official-codes'
import type { Piece } from './piece'
import { misread } from './second-reading'

/** What is wrong with how a piece was understood; nothing, where nothing is. */
export function faultsOf({ channel, raw }: Piece, said: Translation, codes: OfficialCodes): readonly string[] {
  // JSON inside JSON: the same fields with their quotes escaped.
  const text = raw.replaceAll('\\"', '"')
  return [
    ...lostDigits(text, said, codes),
    ...lostCodes(text, said, codes, channel),
    ...misreadFields(raw, said, codes, channel),
  ]
}

function misreadFields(raw: string, said: Translation, { fields }: OfficialCodes, channel: Piece['channel']): string[] {
  const piece = asObject(parseJson(raw))
  return said.type !== 'observed' || piece === undefined || channel === 'push'
    ? []
    : misread(channel, piece, said, fields)
}

/**
 * Whether what was not understood has a sound reason: it names a field, and that is not one of the official codes that the
 * message tells. Such a message belongs into quarantine, and nobody is at fault.
 */
export function hasSoundReason(why: string, raw: string, codes: OfficialCodes, channel: Piece['channel']): boolean {
  const text = raw.replaceAll('\\"', '"')
  const named = why.match(/[a-z]+(?:_[a-z]+)+/g) ?? []
  const status = known(fieldIn(text, codes.statuses.fields), codes.statuses.codes)
  const type = known(fieldIn(text, codes.types.fields), channel === 'list' ? codes.types.inLists : codes.types.codes)
  const blames = (fields: readonly string[]): boolean => named.some((name) => fields.includes(name))
  if (status !== undefined && blames(codes.statuses.fields)) return false
  if (type !== undefined && blames(codes.types.fields)) return false
  return named.length > 0
}

/** Every id that is told must stand in the message exactly so, and the case's own must be the one that stands there. */
function lostDigits(text: string, said: Translation, { ids }: OfficialCodes): string[] {
  if (said.type !== 'observed' && said.type !== 'must-read') return []
  const { caseNumber, orderNumber } = said.case
  const order = said.type === 'observed' ? said.report.facets.order : undefined
  const told = [
    caseNumber,
    orderNumber,
    said.shop,
    order?.orderNumber,
    ...(order?.lines.map((line) => line.lineId) ?? []),
  ]
  const faults = told
    .filter((id) => id !== undefined)
    .filter((id) => !wordIn(text, id))
    .map((id) => `id ${id} does not stand in the message`)
  const written = fieldIn(text, ids)
  return written === undefined || written === caseNumber
    ? faults
    : [...faults, `the case is ${written} and was taken for ${caseNumber}`]
}

/** A known status, type or amount must not vanish. */
function lostCodes(text: string, said: Translation, codes: OfficialCodes, channel: Piece['channel']): string[] {
  const status = known(fieldIn(text, codes.statuses.fields), codes.statuses.codes)
  const type = known(fieldIn(text, codes.types.fields), channel === 'list' ? codes.types.inLists : codes.types.codes)
  if (status === undefined || codes.noCase.includes(status)) return []
  if (said.type === 'observed') {
    const { facets } = said.report
    return [
      ...(facets.status === undefined ? [`status ${status} is mapped to nothing`] : []),
      ...(type !== undefined && facets.kind === undefined ? [`type ${type} is mapped to nothing`] : []),
    ]
  }
  return said.type === 'unintelligible' &&
    type !== undefined &&
    fieldIn(text, codes.ids) !== undefined &&
    !hasSoundReason(said.why, text, codes, channel)
    ? [`status ${status} and type ${type} are official, yet: ${said.why}`]
    : []
}

function wordIn(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const ctx = `${text[at - 1] ?? ' '}${text[at + id.length] ?? ' '}`
    if (!/[\w.]/.test(ctx)) return true
  }
  return false
}

/** The first value of the first of the fields that is there: bare, quoted, or quoted twice as in documentation. */
function fieldIn(text: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = new RegExp(`"${name}"\\s*:\\s*"*([\\w.:-]+)"*\\s*[,}]`).exec(text)
    if (found !== null) return found[1]
  }
  return undefined
}

const known = (text: string | undefined, codes: readonly number[]): number | undefined =>
  text !== undefined && /^\d{1,4}$/.test(text) && codes.includes(Number(text)) ? Number(text) : undefined
