import type { Translation } from '#connectors'
import { asObject, parseJson } from '#connectors'
import type { OfficialCodes } from './official-codes'
import type { FoundMessage } from './recognised-content'
import { findMisreadFields } from './misread-fields'

/** The faults in the translation of a piece; empty if there are none. */
export function findTranslationFaults(
  { channel, raw }: FoundMessage,
  translation: Translation,
  codes: OfficialCodes,
): readonly string[] {
  // JSON inside JSON: the same fields with their quotes escaped.
  const text = raw.replaceAll('\\"', '"')
  return [
    ...findAlteredIds(text, translation, codes),
    ...findUnmappedCodes(text, translation, codes, channel),
    ...findFieldFaults(raw, translation, codes, channel),
  ]
}

function findFieldFaults(
  raw: string,
  translation: Translation,
  { fields }: OfficialCodes,
  channel: FoundMessage['channel'],
): string[] {
  const message = asObject(parseJson(raw))
  return translation.type !== 'observed' || message === undefined || channel === 'push'
    ? []
    : findMisreadFields(channel, message, translation, fields)
}

/**
 * Whether an unintelligible message has a sound reason: the reason names a field, and the message's value of that field is
 * no official code. Such a message belongs in quarantine, and no fault is reported.
 */
export function hasSoundReason(
  why: string,
  raw: string,
  codes: OfficialCodes,
  channel: FoundMessage['channel'],
): boolean {
  const text = raw.replaceAll('\\"', '"')
  const namedFields = why.match(/[a-z]+(?:_[a-z]+)+/g) ?? []
  const status = officialCode(findField(text, codes.statuses.fields), codes.statuses.codes)
  const type = officialCode(
    findField(text, codes.types.fields),
    channel === 'list' ? codes.types.inLists : codes.types.codes,
  )
  const namesOneOf = (fields: readonly string[]): boolean => namedFields.some((name) => fields.includes(name))
  if (status !== undefined && namesOneOf(codes.statuses.fields)) return false
  if (type !== undefined && namesOneOf(codes.types.fields)) return false
  return namedFields.length > 0
}

/** Every translated id must occur in the message exactly, and the case number must be the value of its field. */
function findAlteredIds(text: string, translation: Translation, { caseNumberFields: ids }: OfficialCodes): string[] {
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
    .filter((id) => !occursAsWord(text, id))
    .map((id) => `id ${id} does not occur in the message`)
  const caseField = findField(text, ids)
  return caseField === undefined || caseField === caseNumber
    ? faults
    : [...faults, `the case is ${caseField} and was taken for ${caseNumber}`]
}

/** A known status or type must not be missing from the translation. */
function findUnmappedCodes(
  text: string,
  translation: Translation,
  codes: OfficialCodes,
  channel: FoundMessage['channel'],
): string[] {
  const status = officialCode(findField(text, codes.statuses.fields), codes.statuses.codes)
  const type = officialCode(
    findField(text, codes.types.fields),
    channel === 'list' ? codes.types.inLists : codes.types.codes,
  )
  if (status === undefined || codes.noCaseStatuses.includes(status)) return []
  if (translation.type === 'observed') {
    const { facets } = translation.report
    return [
      ...(facets.status === undefined ? [`status ${status} is mapped to nothing`] : []),
      ...(type !== undefined && facets.kind === undefined ? [`type ${type} is mapped to nothing`] : []),
    ]
  }
  return translation.type === 'unintelligible' &&
    type !== undefined &&
    findField(text, codes.caseNumberFields) !== undefined &&
    !hasSoundReason(translation.why, text, codes, channel)
    ? [`status ${status} and type ${type} are official, yet: ${translation.why}`]
    : []
}

function occursAsWord(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const neighbours = `${text[at - 1] ?? ' '}${text[at + id.length] ?? ' '}`
    if (!/[\w.]/.test(neighbours)) return true
  }
  return false
}

/** The first value of the first field that occurs: bare, quoted, or quoted twice as documentation prints it. */
function findField(text: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = new RegExp(`"${name}"\\s*:\\s*"*([\\w.:-]+)"*\\s*[,}]`).exec(text)
    if (found !== null) return found[1]
  }
  return undefined
}

const officialCode = (text: string | undefined, codes: readonly number[]): number | undefined =>
  text !== undefined && /^\d{1,4}$/.test(text) && codes.includes(Number(text)) ? Number(text) : undefined
