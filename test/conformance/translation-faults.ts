import type { Translation } from '#connectors'
import { asObject, parseJson } from '#connectors'
import type { OfficialCodes } from './official-codes'
import type { Piece } from './recognised-content'
import { misreadFields } from './misread-fields'

/** The faults in the translation of a piece; empty if there are none. */
export function translationFaults(
  { channel, raw }: Piece,
  translation: Translation,
  codes: OfficialCodes,
): readonly string[] {
  // JSON inside JSON: the same fields with their quotes escaped.
  const text = raw.replaceAll('\\"', '"')
  return [
    ...lostDigits(text, translation, codes),
    ...lostCodes(text, translation, codes, channel),
    ...fieldFaults(raw, translation, codes, channel),
  ]
}

function fieldFaults(
  raw: string,
  translation: Translation,
  { fields }: OfficialCodes,
  channel: Piece['channel'],
): string[] {
  const piece = asObject(parseJson(raw))
  return translation.type !== 'observed' || piece === undefined || channel === 'push'
    ? []
    : misreadFields(channel, piece, translation, fields)
}

/**
 * Whether an unintelligible message has a sound reason: the reason names a field, and the message's value of that field is
 * no official code. Such a message belongs in quarantine, and no fault is reported.
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

/** Every translated id must occur in the message exactly, and the case number must be the value of its field. */
function lostDigits(text: string, translation: Translation, { ids }: OfficialCodes): string[] {
  if (translation.type !== 'observed' && translation.type !== 'must-read') return []
  const { caseNumber, orderNumber } = translation.case
  const order = translation.type === 'observed' ? translation.report.facets.order : undefined
  const translatedIds = [
    caseNumber,
    orderNumber,
    translation.shop,
    order?.orderNumber,
    ...(order?.lines.map((line) => line.lineId) ?? []),
  ]
  const faults = translatedIds
    .filter((id) => id !== undefined)
    .filter((id) => !wordIn(text, id))
    .map((id) => `id ${id} does not occur in the message`)
  const caseField = fieldIn(text, ids)
  return caseField === undefined || caseField === caseNumber
    ? faults
    : [...faults, `the case is ${caseField} and was taken for ${caseNumber}`]
}

/** A known status or type must not be missing from the translation. */
function lostCodes(text: string, translation: Translation, codes: OfficialCodes, channel: Piece['channel']): string[] {
  const status = known(fieldIn(text, codes.statuses.fields), codes.statuses.codes)
  const type = known(fieldIn(text, codes.types.fields), channel === 'list' ? codes.types.inLists : codes.types.codes)
  if (status === undefined || codes.noCase.includes(status)) return []
  if (translation.type === 'observed') {
    const { facets } = translation.report
    return [
      ...(facets.status === undefined ? [`status ${status} is mapped to nothing`] : []),
      ...(type !== undefined && facets.kind === undefined ? [`type ${type} is mapped to nothing`] : []),
    ]
  }
  return translation.type === 'unintelligible' &&
    type !== undefined &&
    fieldIn(text, codes.ids) !== undefined &&
    !hasSoundReason(translation.why, text, codes, channel)
    ? [`status ${status} and type ${type} are official, yet: ${translation.why}`]
    : []
}

function wordIn(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const ctx = `${text[at - 1] ?? ' '}${text[at + id.length] ?? ' '}`
    if (!/[\w.]/.test(ctx)) return true
  }
  return false
}

/** The first value of the first field that occurs: bare, quoted, or quoted twice as documentation prints it. */
function fieldIn(text: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = new RegExp(`"${name}"\\s*:\\s*"*([\\w.:-]+)"*\\s*[,}]`).exec(text)
    if (found !== null) return found[1]
  }
  return undefined
}

const known = (text: string | undefined, codes: readonly number[]): number | undefined =>
  text !== undefined && /^\d{1,4}$/.test(text) && codes.includes(Number(text)) ? Number(text) : undefined
