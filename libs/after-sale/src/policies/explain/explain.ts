import { ACTIONS } from '../../actions/action-names'
import type { Term } from '../../glossary/vocabulary'
import type { Claim, Condition, RuleId } from '../framework/condition'
import type { PolicyName } from '../framework/policy-names'
import { POLICIES } from '../policies'
import { conditionValueText, instantText } from './condition-text'
import type { Truth } from '../../truth'
import type { Judgement, Verdict } from '../framework/verdict'

export type Language = keyof Term

/** One condition as a sentence, with the rule and the claim that it comes from. */
export interface Sentence {
  readonly rule: RuleId
  readonly claim: string
  readonly truth: Truth
  readonly text: string
}

/** A verdict for people: the result, the reasons condition by condition, and what would have to be different. */
export interface Explanation {
  readonly headline: string
  readonly sentences: readonly Sentence[]
  /** Whether all of `flips` would have to change, or any one of them is enough. */
  readonly flipsWhen: Flips['when']
  readonly flips: readonly Sentence[]
}

/** The outcomes of a policy, for people. */
export const JUDGEMENTS: Readonly<Record<Judgement, Term>> = {
  act: { zh: '执行', en: 'do it' },
  expect: { zh: '平台会自动处理,不操作', en: 'the platform does it by itself; leave it' },
  warn: { zh: '请注意', en: 'know this first' },
  leave: { zh: '条件不满足,不处理', en: 'a condition does not hold; leave it' },
  unsure: { zh: '事实不足,请人工处理', en: 'a fact is unknown; a person decides' },
}

export const TRUTHS: Readonly<Record<Truth, Term>> = {
  true: { zh: '成立', en: 'holds' },
  false: { zh: '不成立', en: 'does not hold' },
  unknown: { zh: '未知', en: 'unknown' },
}

const FLIP_PREFIXES: Readonly<Record<'true' | 'false', Term>> = {
  true: { zh: '若成立', en: 'if it held' },
  false: { zh: '若不成立', en: 'if it did not hold' },
}

const ON_TRIAL: Term = { zh: '(试运行)', en: ' (on trial)' }

/** R147 and every rule of the verdict, as sentences in one language: money in yuan, times as clocks in China show them. */
export function explain(verdict: Verdict, language: Language): Explanation {
  const { claims } = POLICIES[verdict.policy]
  const flips = flipsOf(verdict)
  const sentenceOf = (condition: Condition, prefix: Term): Sentence => {
    const { rule, claim, truth } = condition
    return { rule, claim, truth, text: sentenceTextOf(condition, claims[claim], prefix, language) }
  }
  return {
    headline: headlineOf(verdict, language),
    sentences: verdict.conditions.map((condition) => sentenceOf(condition, TRUTHS[condition.truth])),
    flipsWhen: flips.when,
    flips: flips.conditions.map((condition) => sentenceOf(condition, FLIP_PREFIXES[flips.to])),
  }
}

function headlineOf({ policy, outcome, action, shadow }: Verdict, language: Language): string {
  const actionSuffix = action === undefined ? '' : ` – ${ACTIONS[action.name][language]}`
  return `${titleOf(policy)[language]}${shadow ? ON_TRIAL[language] : ''}: ${JUDGEMENTS[outcome][language]}${actionSuffix}`
}

const titleOf = (policy: PolicyName): Term => POLICIES[policy].title

const DETAIL_LABELS: Readonly<Record<'found' | 'wanted' | 'known', Term>> = {
  found: { zh: '实际 ', en: 'found ' },
  wanted: { zh: '对照 ', en: 'against ' },
  known: { zh: '获知于 ', en: 'known since ' },
}

/** A claim without a sentence, in a verdict of an older version, is shown by its stored name. */
function sentenceTextOf(condition: Condition, claim: Claim | undefined, prefix: Term, language: Language): string {
  const { found, wanted, known } = condition
  const details = [
    DETAIL_LABELS.found[language] + conditionValueText(found, claim?.unit, language),
    wanted === null ? undefined : DETAIL_LABELS.wanted[language] + conditionValueText(wanted, claim?.unit, language),
    known === undefined ? undefined : DETAIL_LABELS.known[language] + instantText(known, language),
  ].filter((detail) => detail !== undefined)
  return `${prefix[language]}: ${claim?.[language] ?? condition.claim} (${details.join('; ')})`
}

/** What would have to be different for another judgement, and whether all of the conditions must change or any one. */
export interface Flips {
  readonly when: 'every' | 'any'
  /** What the conditions would have to become. */
  readonly to: 'true' | 'false'
  readonly conditions: readonly Condition[]
}

/** A verdict that acts is reversed by any one of its conditions; one that does not act needs every missing one. */
export function flipsOf({ outcome, conditions }: Verdict): Flips {
  if (outcome !== 'leave' && outcome !== 'unsure') return { when: 'any', to: 'false', conditions }
  return { when: 'every', to: 'true', conditions: conditions.filter(({ truth }) => truth !== 'true') }
}
