import type { Term } from '../../glossary/vocabulary'

/** One setting of a strategy, as data: the edge checks by it, and the console builds its form from it. */
export type Field = { readonly title: Term; readonly optional?: true } & (
  | { readonly type: 'yes-no' }
  | { readonly type: 'one-of'; readonly words: readonly string[] }
  /** Some of these words, none twice; none at all is allowed. */
  | { readonly type: 'some-of'; readonly words: readonly string[] }
  /** Free texts, none twice, none empty. */
  | { readonly type: 'texts'; readonly most: number; readonly longest: number }
  /** A whole number, both ends allowed. */
  | { readonly type: 'number'; readonly least: number; readonly most: number }
)

/** Why a strategy document cannot be used, as a person understands it. */
export type ProblemName =
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

export interface Problem {
  /** Which setting; empty: the document as a whole. */
  readonly at: string
  readonly problem: ProblemName
}

export interface Shape<S> {
  readonly fields: S extends undefined ? Readonly<Record<string, never>> : { readonly [K in keyof S]-?: Field }
  /** What new strategies begin with. It need not be complete: what the merchant must decide has no default. */
  readonly defaults: Partial<S>
  /** What no single field shows, e.g. two settings that do not go together. Called only when each is fine by itself. */
  pipelined?(settings: S): readonly Problem[]
}

export const PROBLEMS: Readonly<Record<ProblemName, Term>> = {
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
