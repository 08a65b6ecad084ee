import type {
  ActionName,
  AfterSaleCase,
  Fen,
  Instant,
  ReasonClass,
  Refusal,
  SourcedAmount,
  StoreTerms,
  Subject,
  Verdict,
  Way,
} from '#after-sale'
import { askedOf, chosenOf, costOf, decide, firstReasonClassOf, refundCostOf, turnOf } from '#after-sale'
import type { RecordedOutcome, DeadlineCounts, DecidedBy } from './outcome-tracker'
import { OutcomeTracker, wasRefunded } from './outcome-tracker'
import { nextJudgementAt } from '../strategies/strategy-judge'
import { foldInPlace } from './fold-in-place'
import type { Step } from './steps'

/** The strategies' verdict on a case. `expect`: the platform does it by itself. `silent`: none of them applies. */
export type StrategyDecision = 'approve' | 'reject' | 'act-otherwise' | 'expect' | 'unsure' | 'leave' | 'silent'

/** What a case is tried with. */
export interface BacktestSetup {
  /** The whole line-up, as the live writer asks it. */
  judge(subject: Subject): readonly Verdict[]
  termsOf(store: string): StoreTerms
  /** How the marketplace takes an action, by its manifest. */
  wayOf(marketplace: string, action: ActionName): Way
}

/** One case: what the strategies would have done, and what really happened. Money in fen. */
export interface TriedCase {
  readonly caseNumber: string
  readonly store: string
  readonly marketplace: string
  readonly says: StrategyDecision
  /** When it was judged: at the first act, else the last time. UTC ms; absent: it was never our turn. */
  readonly at?: Instant
  /** All verdicts of that time. */
  readonly verdicts: readonly Verdict[]
  /** Acts that the model itself would have refused, e.g. because something else was under way. */
  readonly refused: readonly Refusal[]
  /** What is at stake when it is judged: what the act costs, else what the buyer asks for. */
  readonly amount?: Fen
  /** What the refund really cost, where there was one, and by which amount. */
  readonly refund?: SourcedAmount
  readonly happened: RecordedOutcome
  readonly through: DecidedBy
  /** At the end of the history; `undefined`: not known yet. */
  readonly refunded?: boolean
  readonly disputed: boolean
  /** Of the first reason (R172); `undefined`: unknown. */
  readonly reason?: ReasonClass
  readonly deadlines: { readonly really: DeadlineCounts; readonly tried: DeadlineCounts }
  /** How often the line-up was asked. */
  readonly looks: number
}

const APPROVING: ReadonlySet<ActionName> = new Set<ActionName>([
  'approve-return',
  'approve-refund',
  'approve-exchange',
  'approve-resend',
  'approve-repair',
  'turn-into-refund',
  'approve-refusal',
  'cancel-sending',
])

/**
 * Runs through the history of the case with what was known at each time: judged after every transaction in which it is
 * our turn, and at the times when only time could change the verdict, until the strategies act for the first time. What
 * happened afterwards is the result of people's decisions, so nothing is judged there. `until`: when the history ends,
 * UTC ms.
 */
export function tryCase(steps: readonly Step[], setup: BacktestSetup, until: Instant): TriedCase | undefined {
  const run = new CaseRun(setup)
  let afterSale: AfterSaleCase | undefined
  for (const [index, { at, events }] of steps.entries()) {
    for (const event of events) afterSale = foldInPlace(afterSale, event)
    if (afterSale === undefined) continue
    run.tracker.observe(afterSale)
    const next = steps[index + 1]?.at ?? until
    for (let now: Instant | undefined = at; now !== undefined && (now === at || now < next);)
      now = run.judgeAt(afterSale, now)
  }
  return afterSale === undefined ? undefined : triedOf(afterSale, run)
}

/** The run through one case's history, as far as it has come. */
class CaseRun {
  readonly tracker = new OutcomeTracker()
  readonly refused: Refusal[] = []
  judgement: Judgement | undefined
  looks = 0
  private acted = false

  constructor(readonly setup: BacktestSetup) {}

  /** Judges the case as it is; returns when it is to be judged again even without a new event. */
  judgeAt(afterSale: AfterSaleCase, now: Instant): Instant | undefined {
    if (this.acted || turnOf(afterSale) !== 'us') return undefined
    this.looks += 1
    const terms = this.setup.termsOf(afterSale.store)
    const verdicts = this.setup.judge({ afterSale, terms, now })
    const followed = chosenOf(verdicts)
    const chosen = followed?.outcome === 'act' ? followed : undefined
    const refusal = chosen === undefined ? undefined : refusalOf(afterSale, chosen, now, terms, this.setup)
    if (refusal !== undefined) this.refused.push(refusal)
    const act = refusal === undefined ? chosen : undefined
    this.judgement = { at: now, verdicts, amount: amountOf(afterSale, act), says: strategyDecisionOf(verdicts, act) }
    this.tracker.judgedNow(afterSale)
    if (act === undefined) return nextJudgementAt(verdicts, now)
    this.acted = true
    this.tracker.actedNow(now)
    return undefined
  }
}

interface Judgement {
  readonly at: Instant
  readonly verdicts: readonly Verdict[]
  readonly amount: Fen | undefined
  readonly says: StrategyDecision
}

function triedOf(afterSale: AfterSaleCase, { tracker, judgement, looks, refused, setup }: CaseRun): TriedCase {
  const refunded = wasRefunded(afterSale)
  const refund = refunded === true ? refundCostOf(afterSale) : undefined
  const reason = firstReasonClassOf(afterSale, setup.termsOf(afterSale.store))
  return {
    caseNumber: afterSale.caseNumber,
    store: afterSale.store,
    marketplace: afterSale.marketplace,
    says: judgement?.says ?? 'silent',
    ...(judgement === undefined ? {} : { at: judgement.at }),
    verdicts: judgement?.verdicts ?? [],
    refused,
    ...(judgement?.amount === undefined ? {} : { amount: judgement.amount }),
    happened: tracker.happened,
    through: tracker.through,
    ...(refunded === undefined ? {} : { refunded }),
    ...(refund === undefined ? {} : { refund }),
    disputed: tracker.disputed,
    ...(reason === undefined ? {} : { reason }),
    deadlines: tracker.deadlines(),
    looks,
  }
}

/** A built-in verdict counts only where it is `expect`: a built-in policy that is unsure makes no strategy unsure. */
function strategyDecisionOf(verdicts: readonly Verdict[], act: Verdict | undefined): StrategyDecision {
  if (act?.action !== undefined) {
    if (APPROVING.has(act.action.name)) return 'approve'
    return act.action.name === 'reject' ? 'reject' : 'act-otherwise'
  }
  let says: StrategyDecision = 'silent'
  for (const { outcome, strategy, chosen, shadow } of verdicts) {
    if (outcome === 'expect' && (chosen === true || strategy === undefined)) return 'expect'
    if (strategy === undefined || shadow === true) continue
    if (outcome === 'unsure') says = 'unsure'
    else if (says === 'silent') says = 'leave'
  }
  return says
}

/** What is at stake: what the act costs, and for everything else what the buyer asks for. */
const amountOf = (afterSale: AfterSaleCase, act: Verdict | undefined): Fen | undefined =>
  act?.action?.name === 'send-small-payment' ? costOf(act.action, afterSale) : askedOf(afterSale)

/** Why the model would refuse the act, as it may when strategies are live; `undefined`: it would not. */
function refusalOf(
  afterSale: AfterSaleCase,
  verdict: Verdict,
  now: Instant,
  terms: StoreTerms,
  setup: BacktestSetup,
): Refusal | undefined {
  const { action, strategy } = verdict
  if (action === undefined) return undefined
  const decision = decide(afterSale, {
    type: 'RequestAction',
    intent: 'tried',
    action,
    by: { kind: 'strategy', id: strategy?.id ?? '', version: strategy?.version ?? 0 },
    way: setup.wayOf(afterSale.marketplace, action.name),
    judged: verdict.judged.revision,
    terms,
    facts: {},
    confirmed: [],
    budgetLeft: Number.MAX_SAFE_INTEGER,
    verdict,
    now,
  })
  return decision.type === 'refused' ? decision.reason : undefined
}
