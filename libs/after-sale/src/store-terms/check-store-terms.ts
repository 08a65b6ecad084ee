import { DEFAULT_AMOUNT_LIMITS } from '../actions/guards/amount-limits'
import { defaultStoreTerms } from './default-store-terms'
import { REASON_CLASSES } from './reason-class'
import type { SettingProblem, SettingProblemName } from '../policies/framework/settings-shape'
import type { StoreTerms } from './store-terms'

/** What a merchant sets for one store; the rest comes from the defaults. A versioned document. */
export type StoreTermsDocument = Partial<
  Pick<
    StoreTerms,
    | 'zoneMinutes'
    | 'week'
    | 'reasons'
    | 'returnAddressId'
    | 'advanceRefund'
    | 'refusalCategories'
    | 'freightInsurance'
    | 'amountLimits'
  >
>

/** The terms of a store with this document: its own values, else the defaults. */
export const termsOf = (document: StoreTermsDocument): StoreTerms => ({ ...defaultStoreTerms, ...document })

/**
 * The terms of a stored document; without a document, the defaults. `undefined` where this version of the code cannot
 * read it.
 */
export const readStoreTerms = (document: unknown = {}): StoreTerms | undefined =>
  checkStoreTerms(document).length === 0 ? termsOf(document as StoreTermsDocument) : undefined

/** Checks a value of untrusted input; `undefined`: it is valid. */
type Check = (value: unknown) => SettingProblemName | undefined

const FIELD_CHECKS: Readonly<Record<keyof StoreTermsDocument, Check>> = {
  // Zones of the world: UTC-12 to UTC+14.
  zoneMinutes: (value) => checkWholeNumber(value, -720, 840),
  week: (value) => {
    const days = isRecord(value) && Object.keys(value).length === 1 ? value['days'] : undefined
    if (!isRecord(days) || Object.keys(days).sort().join('') !== '0123456') return 'NotADocument'
    return firstProblem(Object.values(days), (hours) =>
      Array.isArray(hours) && hours.length <= 6 ? firstProblem(hours, checkHours) : 'TooMany',
    )
  },
  reasons: (value) => checkList(value, 500, checkReasonRule),
  returnAddressId: (value) => checkText(value, 64),
  advanceRefund: (value) => checkList(value, 1_000, checkServiceSpan),
  refusalCategories: (value) => checkList(value, 1_000, (category) => checkText(category, 64)),
  freightInsurance: (value) => checkList(value, 1_000, checkServiceSpan),
  amountLimits: (value) =>
    isRecord(value) && Object.keys(value).sort().join() === AMOUNT_USES
      ? firstProblem(Object.values(value), checkAmountLimit)
      : 'NotADocument',
}

const AMOUNT_USES = Object.keys(DEFAULT_AMOUNT_LIMITS).sort().join()
/** One million yuan: a higher limit would have no effect. */
const MAX_LIMIT_FEN = 100_000_000

/** Checks a limit with its source: whose rule it is, and the day from which it counts. */
function checkAmountLimit(value: unknown): SettingProblemName | undefined {
  if (!isRecord(value)) return 'NotADocument'
  const { value: fen, rule, from } = value
  if (rule !== 'ours' && rule !== 'platform') return 'NotAllowedHere'
  if (typeof from !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(from)) return 'NotAText'
  return checkWholeNumber(fen, 0, MAX_LIMIT_FEN)
}

/**
 * The problems of a document of store terms; an empty list means that it can be used. Pure; accepts untrusted input.
 */
export function checkStoreTerms(document: unknown): readonly SettingProblem[] {
  if (!isRecord(document)) return [{ at: '', problem: 'NotADocument' }]
  return Object.entries(document).flatMap(([at, value]) => {
    const check = Object.hasOwn(FIELD_CHECKS, at) ? FIELD_CHECKS[at as keyof StoreTermsDocument] : undefined
    const problem = check === undefined ? 'UnknownSetting' : check(value)
    return problem === undefined ? [] : [{ at, problem }]
  })
}

/** Checks a span of minutes of one day; a night shift is entered as two spans. */
function checkHours(value: unknown): SettingProblemName | undefined {
  if (!isRecord(value)) return 'NotADocument'
  const problem = checkWholeNumber(value['from'], 0, 1439) ?? checkWholeNumber(value['to'], 1, 1440)
  return problem ?? (Number(value['from']) < Number(value['to']) ? undefined : 'OutOfRange')
}

function checkReasonRule(value: unknown): SettingProblemName | undefined {
  if (!isRecord(value)) return 'NotADocument'
  const { code, words, class: name } = value
  if (typeof name !== 'string' || !Object.hasOwn(REASON_CLASSES, name)) return 'NotAllowedHere'
  if (code === undefined && words === undefined) return 'SettingMissing'
  return (
    (code === undefined ? undefined : checkText(code, 64)) ?? (words === undefined ? undefined : checkText(words, 64))
  )
}

function checkServiceSpan(value: unknown): SettingProblemName | undefined {
  if (!isRecord(value)) return 'NotADocument'
  const { from, until } = value
  const problem = checkWholeNumber(from, 0, Number.MAX_SAFE_INTEGER)
  if (problem !== undefined || until === undefined) return problem
  return checkWholeNumber(until, Number(from), Number.MAX_SAFE_INTEGER)
}

const checkList = (value: unknown, most: number, check: Check): SettingProblemName | undefined => {
  if (!Array.isArray(value)) return 'NotADocument'
  return value.length > most ? 'TooMany' : firstProblem(value, check)
}

const firstProblem = (values: readonly unknown[], check: Check): SettingProblemName | undefined => {
  for (const value of values) {
    const problem = check(value)
    if (problem !== undefined) return problem
  }
  return undefined
}

const checkText = (value: unknown, maxLength: number): SettingProblemName | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= maxLength ? undefined : 'NotAText'

const checkWholeNumber = (value: unknown, least: number, most: number): SettingProblemName | undefined => {
  if (!Number.isSafeInteger(value)) return 'NotAWholeNumber'
  return Number(value) >= least && Number(value) <= most ? undefined : 'OutOfRange'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
