import type { ArmedStrategy } from '../line-up'
import type { PolicyName } from './policy-names'
import { POLICIES } from '../policies'
import type { SettingField, SettingProblem, SettingProblemName } from './settings-shape'

export const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(POLICIES, name)

/**
 * The problems of a strategy document; an empty list means that it is usable. A document must set every required
 * setting of its policy, so that a stored version keeps its meaning when a default changes. Pure; accepts untrusted
 * input.
 */
export function checkStrategy(policy: PolicyName, document: unknown): readonly SettingProblem[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return [{ at: '', problem: 'NotADocument' }]
  const shape = POLICIES[policy].shape
  const fields: Readonly<Record<string, SettingField>> = shape?.fields ?? {}
  const settings = document as Readonly<Record<string, unknown>>
  const problems: SettingProblem[] = []
  for (const at of Object.keys(settings))
    if (!Object.hasOwn(fields, at)) problems.push({ at, problem: 'UnknownSetting' })
  for (const [at, field] of Object.entries(fields)) {
    const problem = Object.hasOwn(settings, at)
      ? checkField(field, settings[at])
      : field.optional
        ? undefined
        : 'SettingMissing'
    if (problem !== undefined) problems.push({ at, problem })
  }
  return problems.length > 0 ? problems : (shape?.crossCheck?.(document) ?? [])
}

/**
 * A strategy as it is stored: its number, its version, and a document that may have been written by another version of
 * the code.
 */
export interface StoredStrategy {
  readonly strategy: number
  readonly version: number
  readonly policy: string
  readonly settings: unknown
}

/**
 * A stored strategy, ready for judging. `undefined` where this version of the code cannot read it: it is left out
 * rather than guessed at.
 */
export function armedStrategyOf(
  { strategy, version, policy, settings }: StoredStrategy,
  mode: ArmedStrategy['mode'],
): ArmedStrategy | undefined {
  if (!isPolicyName(policy) || checkStrategy(policy, settings).length > 0) return undefined
  return { reference: { id: String(strategy), version }, policy, settings, mode }
}

function checkField(field: SettingField, value: unknown): SettingProblemName | undefined {
  switch (field.type) {
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : 'NotYesOrNo'
    case 'one-of':
      return isWordOf(field.words, value) ? undefined : 'NotAllowedHere'
    case 'some-of':
      return checkListSetting(value, field.words.length, (element) =>
        isWordOf(field.words, element) ? undefined : 'NotAllowedHere',
      )
    case 'texts':
      return checkListSetting(value, field.most, (element) => (isText(element, field.longest) ? undefined : 'NotAText'))
    case 'number':
      if (!Number.isSafeInteger(value)) return 'NotAWholeNumber'
      return Number(value) < field.least || Number(value) > field.most ? 'OutOfRange' : undefined
  }
}

const isWordOf = (words: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && words.includes(value)

const isText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest

function checkListSetting(
  value: unknown,
  most: number,
  checkElement: (element: unknown) => SettingProblemName | undefined,
): SettingProblemName | undefined {
  if (!Array.isArray(value)) return 'NotADocument'
  if (new Set<unknown>(value).size < value.length) return 'Twice'
  if (value.length > most) return 'TooMany'
  for (const element of value) {
    const problem = checkElement(element)
    if (problem !== undefined) return problem
  }
  return undefined
}
