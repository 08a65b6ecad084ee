import type { CallLog } from '../http/call-log'
import type { Faults } from '../faults/faults'
import type { Tokens } from '../http/tokens'
import type { WireValue } from '../http/wire-json'
import type { CaseRecord } from '../world/case'
import type { World } from '../world/world'
import { invalidParam, noSuchCase } from './errors'

/** An admitted call: its parameters, the shop of its token, and the world that it works on. */
export interface SkeletonContext {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly shopId: string
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly tokens: Tokens
}

/** One method of the API. */
export interface SkeletonApi {
  /** Answers `data`; throws SkeletonError. */
  readonly run: (context: SkeletonContext) => WireValue
  readonly action?: true
  readonly withoutToken?: true
}

/** A parameter that must be a text that is not empty. @throws SkeletonError */
export function textParam(params: SkeletonContext['params'], name: string): string {
  const value = params[name]
  if (typeof value !== 'string' || value === '') throw invalidParam(name)
  return value
}

/** A parameter that must be a whole number, not negative. @throws SkeletonError */
export function wholeNumberParam({ params }: SkeletonContext, name: string): number {
  const value = params[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw invalidParam(name)
  return value
}

/** The case of the call, if it belongs to the shop of the token. @throws SkeletonError */
export function ownCase({ world, shopId, params }: SkeletonContext): CaseRecord {
  const record = world.find(textParam(params, 'skeleton_case_id'))
  if (record === undefined || record.shopId !== shopId) throw noSuchCase()
  return record
}
