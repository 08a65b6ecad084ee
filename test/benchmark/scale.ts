/** The sizes of a run: FULL for published figures, QUICK for CI and a first impression. */
export interface Scale {
  readonly rounds: number
  /** Messages in the inbox, for processing. */
  readonly messages: number
  /** Messages for the naive peer: fewer, because it is much slower. */
  readonly naiveMessages: number
  /** Requests in one measurement of acceptance, with one and with fifty messages per request. */
  readonly requests: readonly [single: number, fifty: number]
  readonly timersPending: number
  /** Timers due in each measurement; a round has about three of them. */
  readonly timersDue: number
  /** How long pushes are sent while their visibility is measured. */
  readonly visibleSeconds: number
  readonly cases: number
  readonly questions: number
  readonly loadSeconds: number
  /** Recorded cases that strategies are tried on. */
  readonly trialCases: number
}

export const FULL: Scale = {
  rounds: 5,
  messages: 100_000,
  naiveMessages: 6_000,
  requests: [60_000, 6_000],
  timersPending: 1_000_000,
  timersDue: 60_000,
  visibleSeconds: 30,
  cases: 5_000_000,
  questions: 1_000,
  loadSeconds: 60,
  trialCases: 1_000_000,
}

export const QUICK: Scale = {
  rounds: 2,
  messages: 10_000,
  naiveMessages: 600,
  requests: [6_000, 600],
  timersPending: 60_000,
  timersDue: 8_000,
  visibleSeconds: 5,
  cases: 50_000,
  questions: 200,
  loadSeconds: 10,
  trialCases: 20_000,
}
