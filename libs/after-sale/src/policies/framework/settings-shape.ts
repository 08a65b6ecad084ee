import type { Term } from '../../glossary/vocabulary'

/**
 * One setting of a strategy, described as data: `checkStrategy` validates by it, and the console builds its form from
 * it.
 */
export type SettingField = { readonly title: Term; readonly optional?: true } & (
  | { readonly type: 'yes-no' }
  | { readonly type: 'one-of'; readonly words: readonly string[] }
  /** Any number of these words, also none, each at most once. */
  | { readonly type: 'some-of'; readonly words: readonly string[] }
  /** Non-empty texts, each at most once: at most `most` texts of at most `longest` characters. */
  | { readonly type: 'texts'; readonly most: number; readonly longest: number }
  /** A whole number from `least` to `most`, both included. */
  | { readonly type: 'number'; readonly least: number; readonly most: number }
)

/** Why a strategy document cannot be used; `SETTING_PROBLEMS` has the texts for people. */
export type SettingProblemName =
  | 'NotADocument'
  | 'UnknownSetting'
  | 'SettingMissing'
  | 'NotYesOrNo'
  | 'NotAllowedHere'
  | 'Twice'
  | 'TooMany'
  | 'NotAText'
  | 'NotAWholeNumber'
  | 'OutOfRange'
  | 'MatchesAllNotConfirmed'

/** A setting that cannot be used, and why. */
export interface SettingProblem {
  /** Which setting; empty: the document as a whole. */
  readonly at: string
  readonly problem: SettingProblemName
}

/** The settings of one policy: their fields, their defaults, and a check of settings against each other. */
export interface SettingsShape<S> {
  readonly fields: S extends undefined ? Readonly<Record<string, never>> : { readonly [K in keyof S]-?: SettingField }
  /** The values of a new strategy. A setting that the merchant must decide has no default. */
  readonly defaults: Partial<S>
  /** Checks settings against each other, e.g. for a contradiction. Called only when each field is valid by itself. */
  crossCheck?(settings: S): readonly SettingProblem[]
}

export const SETTING_PROBLEMS: Readonly<Record<SettingProblemName, Term>> = {
  NotADocument: { zh: '策略内容无法识别', en: 'this is no strategy document' },
  UnknownSetting: { zh: '没有这个设置', en: 'there is no such setting' },
  SettingMissing: { zh: '缺少设置', en: 'a setting is missing' },
  NotYesOrNo: { zh: '只能选是或否', en: 'must be yes or no' },
  NotAllowedHere: { zh: '不可选的值', en: 'this value is not allowed here' },
  Twice: { zh: '重复', en: 'given twice' },
  TooMany: { zh: '数量过多', en: 'too many' },
  NotAText: { zh: '须为非空文字且不过长', en: 'must be a text, not empty and not too long' },
  NotAWholeNumber: { zh: '须为整数', en: 'must be a whole number' },
  OutOfRange: { zh: '超出范围', en: 'out of range' },
  MatchesAllNotConfirmed: {
    zh: '未选原因即匹配全部,须确认',
    en: 'no reason chosen means all of them: this must be confirmed',
  },
}
