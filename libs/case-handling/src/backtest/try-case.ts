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

/** What cases are judged with. */
export interface BacktestSetup {
  /** Asks the whole line-up of policies, as the live writer does. */
  judge(subject: Subject): readonly Verdict[]
  termsOf(store: string): StoreTerms
  /** How an action is done at the marketplace, by its manifest. */
  wayOf(marketplace: string, action: ActionName): Way
}

/** What the strategies would have done with one case, and what really happened. Money in fen. */
export interface TriedCase {
  readonly caseNumber: string
  readonly store: string
  readonly marketplace: string
  readonly says: StrategyDecision
  /** When the counted judgement was made, UTC ms: the first act, else the last judgement. Absent: never our turn. */
  readonly at?: Instant
  /** All verdicts of that time. */
  readonly verdicts: readonly Verdict[]
  /** Why the model would have refused acts, e.g. because another action was under way. */
  readonly refused: readonly Refusal[]
  /** The money at stake when it was judged: the cost of the act, else what the buyer asks for. */
  readonly amount?: Fen
  /** What the refund really cost, if there was one, and where the amount is from. */
  readonly refund?: SourcedAmount
  readonly happened: RecordedOutcome
  readonly through: DecidedBy
  /** Whether the buyer was refunded in the end; `undefined`: not known yet. */
  readonly refunded?: boolean
  readonly disputed: boolean
  /** The class of the first reason (R172); `undefined`: unknown. */
  readonly reason?: ReasonClass
  readonly deadlines: { readonly really: DeadlineCounts; readonly tried: DeadlineCounts }
  /** How often the case was judged. */
  readonly looks: number
}

const APPROVING_ACTIONS: ReadonlySet<ActionName> = new Set<ActionName>([
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
 * Goes through the history of a case with what was known at each time. While it is our turn, the case is judged after
 * every transaction and whenever only time could change the verdict, until the strategies act for the first time. What
 * happened afterwards results from what people decided instead, so it is not judged. `until`: the end of the history,
 * UTC ms.
 */
export function tryCase(steps: readonly Step[], setup: BacktestSetup, end: Instant): TriedCase | undefined {
  const run = new CaseRun(setup)
  let afterSale: AfterSaleCase | undefined
  for (const [index, { at, events }] of steps.entries()) {
    for (const event of events) afterSale = foldInPlace(afterSale, event)
    if (afterSale === undefined) continue
    run.tracker.observe(afterSale)
    const next = steps[index + 1]?.at ?? end
    for (let now: Instant | undefined = at; now !== undefined && (now === at || now < next);)
      now = run.judgeAt(afterSale, now)
  }
  return afterSale === undefined ? undefined : buildTriedCase(afterSale, run)
}

/** The state of going through the history of one case. */
class CaseRun {
  readonly tracker = new OutcomeTracker()
  readonly refused: Refusal[] = []
  judgement: StepJudgement | undefined
  looks = 0
  private acted = false

  constructor(readonly setup: BacktestSetup) {}

  /** Judges the case as it is; returns when to judge it again even without a new event. */
  judgeAt(afterSale: AfterSaleCase, now: Instant): Instant | undefined {
    if (this.acted || turnOf(afterSale) !== 'us') return undefined
    this.looks += 1
    const terms = this.setup.termsOf(afterSale.store)
    const verdicts = this.setup.judge({ afterSale, terms, now })
    const followed = chosenOf(verdicts)
    const chosen = followed?.outcome === 'act' ? followed : undefined
    const refusal = chosen === undefined ? undefined : findRefusal(afterSale, chosen, now, terms, this.setup)
    if (refusal !== undefined) this.refused.push(refusal)
    const act = refusal === undefined ? chosen : undefined
    this.judgement = {
      at: now,
      verdicts,
      amount: amountAtStake(afterSale, act),
      says: strategyDecisionOf(verdicts, act),
    }
    this.tracker.startJudgement(afterSale)
    if (act === undefined) return nextJudgementAt(verdicts, now)
    this.acted = true
    this.tracker.recordAct(now)
    return undefined
  }
}

interface StepJudgement {
  readonly at: Instant
  readonly verdicts: readonly Verdict[]
  readonly amount: Fen | undefined
  readonly says: StrategyDecision
}

function buildTriedCase(afterSale: AfterSaleCase, { tracker, judgement, looks, refused, setup }: CaseRun): TriedCase {
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

/** Of the built-in policies only `expect` counts: that one of them is unsure says nothing about the strategies. */
function strategyDecisionOf(verdicts: readonly Verdict[], act: Verdict | undefined): StrategyDecision {
  if (act?.action !== undefined) {
    if (APPROVING_ACTIONS.has(act.action.name)) return 'approve'
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

/** The money at stake: the cost of a small payment; for everything else what the buyer asks for. */
const amountAtStake = (afterSale: AfterSaleCase, act: Verdict | undefined): Fen | undefined =>
  act?.action?.name === 'send-small-payment' ? costOf(act.action, afterSale) : askedOf(afterSale)

/** Why the model would refuse the act, as in live operation; `undefined`: it would not. Caps are not counted. */
function findRefusal(
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
