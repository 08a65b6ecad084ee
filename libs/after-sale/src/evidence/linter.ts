import type { EvidenceFacts } from '../actions/facts/facts'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'
import type { EvidenceLimits } from './limits'
import { EVIDENCE_SUBJECTS } from './subjects'
import type { EvidenceTerms } from './terms'

/**
 * What is wrong with a piece of evidence. `refused`: it will not be accepted or not count; `doubtful`: a person should
 * check.
 */
export type EvidenceFlaw =
  | 'Empty'
  | 'TooManyBytes'
  | 'KindNotTaken'
  | 'CannotShowThat'
  | 'SamePieceTwice'
  | 'TooSmallToRead'
  | 'MadeBeforeTheEvent'
  | 'MadeInTheFuture'
  | 'JudgedInvalid'
  | 'JudgedLate'
  | 'Old'
  | 'WhenMadeUnknown'
  | 'SizeUnknown'

interface FlawTerm extends Term {
  readonly weight: 'refused' | 'doubtful'
  readonly rule: RuleId
}

/** The name of each flaw, how serious it is, and its rule. */
export const EVIDENCE_FLAWS: Readonly<Record<EvidenceFlaw, FlawTerm>> = {
  Empty: { zh: '文件为空', en: 'the file is empty', weight: 'refused', rule: 'R066' },
  TooManyBytes: { zh: '文件过大', en: 'the file is too large', weight: 'refused', rule: 'R066' },
  KindNotTaken: { zh: '该处不接受此类凭证', en: 'this kind is not taken there', weight: 'refused', rule: 'R066' },
  CannotShowThat: {
    zh: '凭证类型与内容不符',
    en: 'a piece of this kind cannot show that',
    weight: 'refused',
    rule: 'R143',
  },
  SamePieceTwice: { zh: '凭证重复', en: 'the same piece twice', weight: 'refused', rule: 'R066' },
  TooSmallToRead: { zh: '画面不清晰', en: 'too small to be read', weight: 'refused', rule: 'R143' },
  MadeBeforeTheEvent: { zh: '拍摄早于事件', en: 'made before what it is to show', weight: 'refused', rule: 'R143' },
  MadeInTheFuture: {
    zh: '拍摄时间晚于现在',
    en: 'made in the future, by a wrong clock',
    weight: 'doubtful',
    rule: 'R143',
  },
  JudgedInvalid: {
    zh: '平台已判无效',
    en: 'the platform said that it does not count',
    weight: 'refused',
    rule: 'R065',
  },
  JudgedLate: { zh: '平台已判逾期', en: 'the platform said that it came too late', weight: 'refused', rule: 'R065' },
  Old: { zh: '拍摄时间较早', en: 'made long ago', weight: 'doubtful', rule: 'R143' },
  WhenMadeUnknown: { zh: '拍摄时间未知', en: 'it is unknown when it was made', weight: 'doubtful', rule: 'R143' },
  SizeUnknown: { zh: '画面尺寸未知', en: 'its size in pixels is unknown', weight: 'doubtful', rule: 'R143' },
}

/** What evidence is checked against. */
export interface Inspection {
  readonly now: Instant
  readonly terms: EvidenceTerms
  readonly limits?: EvidenceLimits
  /** When the buyer applied: evidence of a later event cannot be older. Absent: unknown, not checked. */
  readonly appliedAt?: Instant
}

/** The flaws of one piece by itself; `lintEvidence` also finds duplicates. */
export function flawsOf(piece: EvidenceFacts, { now, terms, limits, appliedAt }: Inspection): readonly EvidenceFlaw[] {
  const flaws: EvidenceFlaw[] = []
  const maxBytes = limits?.bytes?.[piece.kind]
  if (piece.bytes === 0) flaws.push('Empty')
  if (maxBytes !== undefined && piece.bytes > maxBytes) flaws.push('TooManyBytes')
  if (limits?.pieces?.[piece.kind] === 0) flaws.push('KindNotTaken')
  const subject = piece.shows === undefined ? undefined : EVIDENCE_SUBJECTS[piece.shows]
  if (subject !== undefined && !subject.kinds.includes(piece.kind)) flaws.push('CannotShowThat')
  if (piece.judgedInvalid === true) flaws.push('JudgedInvalid')
  if (piece.judgedLate === true) flaws.push('JudgedLate')
  if (piece.kind !== 'document') {
    if (piece.width === undefined || piece.height === undefined) flaws.push('SizeUnknown')
    else if (Math.min(piece.width, piece.height) < terms.leastSide.value) flaws.push('TooSmallToRead')
  }
  const madeAt = piece.capturedAt
  if (madeAt === undefined) flaws.push('WhenMadeUnknown')
  else if (madeAt > now) flaws.push('MadeInTheFuture')
  else if (subject?.madeAfterApplication === true && appliedAt !== undefined && madeAt < appliedAt)
    flaws.push('MadeBeforeTheEvent')
  else if (now - madeAt > terms.oldest.value) flaws.push('Old')
  return flaws
}

/** Whether a piece with these flaws will not be accepted or not count. */
export const isRefused = (flaws: readonly EvidenceFlaw[]): boolean =>
  flaws.some((flaw) => EVIDENCE_FLAWS[flaw].weight === 'refused')

/** A piece of evidence with its flaws. */
export interface LintedPiece {
  readonly piece: EvidenceFacts
  readonly flaws: readonly EvidenceFlaw[]
}

/**
 * R066, R143: every piece with its flaws, in the order given. Of equal pieces, all but the first are flawed as
 * duplicates.
 */
export function lintEvidence(pieces: readonly EvidenceFacts[], inspection: Inspection): readonly LintedPiece[] {
  const seenHashes = new Set<string>()
  return pieces.map((piece) => {
    const isDuplicate = seenHashes.has(piece.hash)
    seenHashes.add(piece.hash)
    const flaws = flawsOf(piece, inspection)
    return { piece, flaws: isDuplicate ? [...flaws, 'SamePieceTwice' as const] : flaws }
  })
}
