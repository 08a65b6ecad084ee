import type { AppealKind } from '../actions/action'
import type { Fen, Instant } from '../facets'
import type { Term } from '../glossary/vocabulary'
import type { AppealTerms } from './terms'
import { DEFAULT_APPEAL_TERMS } from './terms'

/** How one item ended; each is decided separately (R084). `partly`: less money than claimed. */
export type ItemResult = 'pending' | DecidedResult | 'withdrawn'

/** The results that a platform gives: the others are before its decision, and instead of it. */
export const DECIDED_RESULTS = ['won', 'partly', 'lost'] as const
export type DecidedResult = (typeof DECIDED_RESULTS)[number]

export const ITEM_RESULTS: Readonly<Record<ItemResult, Term>> = {
  pending: { zh: '审核中', en: 'Under review' },
  won: { zh: '申诉成功', en: 'Won' },
  partly: { zh: '部分成功', en: 'Won in part' },
  lost: { zh: '申诉失败', en: 'Lost' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
}

/** One item of a filed appeal and its result. Amounts in fen, instants in UTC ms. */
export interface AppealedItem {
  readonly kind: AppealKind
  readonly claimed?: Fen
  readonly result: ItemResult
  /** The recovered money, fen (R070). */
  readonly recovered?: Fen
  readonly decidedAt?: Instant
}

/** One appeal of a case, from the day it was filed. */
export interface Appeal {
  readonly id: string
  readonly filedAt: Instant
  readonly items: readonly AppealedItem[]
}

/** An appeal was filed, with these items. */
export interface AppealFiled {
  readonly type: 'AppealFiled'
  readonly id: string
  readonly at: Instant
  readonly items: readonly { readonly kind: AppealKind; readonly claimed?: Fen }[]
}

/** The platform decided one item of an appeal. */
export interface AppealItemDecided {
  readonly type: 'AppealItemDecided'
  readonly id: string
  readonly kind: AppealKind
  readonly result: DecidedResult
  readonly recovered?: Fen
  readonly at: Instant
}

/** An appeal was withdrawn; it affects only items that are not decided yet. */
export interface AppealWithdrawn {
  readonly type: 'AppealWithdrawn'
  readonly id: string
  readonly at: Instant
}

export type AppealEvent = AppealFiled | AppealItemDecided | AppealWithdrawn

/**
 * Folds one event into the appeals of a case. Total, and independent of order once an appeal is filed: a withdrawal
 * affects only undecided items, a decision also those withdrawn too late, and of two decisions the later one wins.
 */
export function evolveAppeals(appeals: readonly Appeal[], event: AppealEvent): readonly Appeal[] {
  if (event.type === 'AppealFiled')
    return appeals.some(({ id }) => id === event.id) ? appeals : [...appeals, newAppeal(event)]
  return appeals.map((appeal) =>
    appeal.id === event.id ? { ...appeal, items: appeal.items.map((item) => applyToItem(item, event)) } : appeal,
  )
}

const newAppeal = ({ id, at, items }: AppealFiled): Appeal => ({
  id,
  filedAt: at,
  items: items.map((item) => ({ ...item, result: 'pending' })),
})

function applyToItem(item: AppealedItem, event: AppealItemDecided | AppealWithdrawn): AppealedItem {
  if (event.type === 'AppealWithdrawn') return item.result === 'pending' ? { ...item, result: 'withdrawn' } : item
  if (event.kind !== item.kind || isNewerThan(item, event)) return item
  const { kind, claimed } = item
  const { result, recovered, at } = event
  return {
    kind,
    ...(claimed === undefined ? {} : { claimed }),
    result,
    ...(recovered === undefined ? {} : { recovered }),
    decidedAt: at,
  }
}

/** Of two decisions at one instant the content decides: arbitrary, but the same in every order of arrival. */
function isNewerThan({ decidedAt, result, recovered }: AppealedItem, event: AppealItemDecided): boolean {
  if (decidedAt === undefined || event.at > decidedAt) return false
  return event.at < decidedAt || `${result}/${recovered ?? ''}` >= `${event.result}/${event.recovered ?? ''}`
}

const isDecided = (result: ItemResult): boolean => DECIDED_RESULTS.some((decided) => decided === result)

/** How far an appeal got, over all its items. */
export type AppealStage = 'under-review' | 'partly-decided' | 'decided' | 'withdrawn'

export const APPEAL_STAGES: Readonly<Record<AppealStage, Term>> = {
  'under-review': { zh: '审核中', en: 'Under review' },
  'partly-decided': { zh: '部分已出结果', en: 'Some items decided' },
  decided: { zh: '已出结果', en: 'All items decided' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
}

/** The state of an appeal; one that was withdrawn after some items were decided is decided. */
export function appealStageOf({ items }: Appeal): AppealStage {
  const decided = items.some(({ result }) => isDecided(result))
  if (items.some(({ result }) => result === 'pending')) return decided ? 'partly-decided' : 'under-review'
  return decided ? 'decided' : 'withdrawn'
}

/**
 * R061, R062: when failures happened, for the budget. A withdrawn item is no failure (R083), nor is one won in part.
 * Where failures are counted by appeal, an appeal fails if none of its items was won, at the time of its last decision.
 */
export function failuresOf(appeals: readonly Appeal[], terms: AppealTerms = DEFAULT_APPEAL_TERMS): readonly Instant[] {
  if (terms.failureIs.value === 'item') return appeals.flatMap(({ items }) => lossTimesOf(items))
  return appeals.flatMap((appeal) => {
    const hasWon = appeal.items.some(({ result }) => result === 'won' || result === 'partly')
    const lossTimes = lossTimesOf(appeal.items)
    return appealStageOf(appeal) === 'decided' && !hasWon && lossTimes.length > 0 ? [Math.max(...lossTimes)] : []
  })
}

const lossTimesOf = (items: readonly AppealedItem[]): Instant[] =>
  items.flatMap(({ result, decidedAt }) => (result === 'lost' && decidedAt !== undefined ? [decidedAt] : []))
