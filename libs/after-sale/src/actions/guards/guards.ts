import {
  appealAmountsFit,
  appealCanSucceed,
  appealIsDescribed,
  appealIsOpen,
  appealMovesWhatIsWanted,
  appealsAreLeft,
  otherIsSomethingElse,
} from '../../appeals/appeal-guards'
import { evidenceStillAccepted } from '../../evidence/evidence-still-accepted'
import { evidenceIsThere, evidenceToStandard } from '../../evidence/evidence-guards'
import {
  groundsToIntervene,
  interventionIsDescribed,
  interventionRiskIsKnown,
  platformHasNotSteppedIn,
  triedYourselfFirst,
} from '../../intervention/intervention-guards'
import { categoryAllowsRefusal, buyerKnowsHowToRefuse, parcelIsUnderWay } from './refusal-may-be-agreed'
import { amountIsBounded } from './amount-is-bounded'
import { agreedAmountIsApplied, proposalIsLess } from './buyer-changes-the-amount'
import { chatBeforeRejecting } from './chat-before-rejecting'
import { escalationFollows } from './escalation-follows'
import { groupIsFormed } from './group-is-formed'
import { interceptionInTime } from './interception-in-time'
import { negotiationContinues } from './negotiation-continues'
import { proofAfterReturn } from './proof-after-return'
import { rejectionIsComplete } from './rejection-is-complete'
import { returnAddressIsGiven } from './return-address-is-given'
import { goodsSentBack, traceStalled } from './risks-of-rejecting'
import { roundsBeforeRejecting } from './rounds-before-rejecting'
import { sevenDayGoods } from './seven-day-goods'
import { onlyOnceDelivered, smallPaymentIsSmall } from './small-payment-settles'
import { textStaysInside } from './text-stays-inside'
import type { Guard } from './guard'
import type { ActionName } from '../action-names'

/** Checked before a rejection: first what is missing, then the required negotiation, then its risks. */
export const REJECT_GUARDS: readonly Guard[] = [
  rejectionIsComplete,
  proofAfterReturn,
  evidenceToStandard,
  textStaysInside,
  chatBeforeRejecting,
  roundsBeforeRejecting,
  goodsSentBack,
  traceStalled,
  sevenDayGoods,
  escalationFollows,
]

/**
 * Checked before evidence is submitted: whether it is still accepted, whether there is any, and whether it would count.
 */
export const EVIDENCE_GUARDS: readonly Guard[] = [
  evidenceStillAccepted,
  evidenceIsThere,
  evidenceToStandard,
  textStaysInside,
]

/** Checked before the platform is asked to step in; the risk comes last, for it is shown each time. */
export const INTERVENTION_GUARDS: readonly Guard[] = [
  platformHasNotSteppedIn,
  interventionIsDescribed,
  evidenceIsThere,
  evidenceToStandard,
  textStaysInside,
  groundsToIntervene,
  triedYourselfFirst,
  interventionRiskIsKnown,
]

/** Checked before an appeal: first whether it is bound to fail, last how many appeals are left. */
export const APPEAL_GUARDS: readonly Guard[] = [
  appealIsDescribed,
  appealCanSucceed,
  otherIsSomethingElse,
  appealAmountsFit,
  amountIsBounded,
  evidenceIsThere,
  evidenceToStandard,
  textStaysInside,
  appealMovesWhatIsWanted,
  appealsAreLeft,
]

/** The guards of each action, one rule a line. */
export const GUARDS: Readonly<Partial<Record<ActionName, readonly Guard[]>>> = {
  'approve-return': [returnAddressIsGiven, textStaysInside],
  'approve-refund': [groupIsFormed, agreedAmountIsApplied, textStaysInside],
  'approve-exchange': [returnAddressIsGiven],
  'approve-repair': [returnAddressIsGiven],
  reject: REJECT_GUARDS,
  'turn-into-refund': [agreedAmountIsApplied],
  'propose-amount': [proposalIsLess, amountIsBounded, textStaysInside],
  intercept: [interceptionInTime],
  'approve-refusal': [parcelIsUnderWay, categoryAllowsRefusal, buyerKnowsHowToRefuse],
  'send-small-payment': [onlyOnceDelivered, smallPaymentIsSmall, amountIsBounded, textStaysInside],
  negotiate: [negotiationContinues, evidenceToStandard, textStaysInside],
  'submit-evidence': EVIDENCE_GUARDS,
  'answer-work-order': EVIDENCE_GUARDS,
  'request-intervention': INTERVENTION_GUARDS,
  appeal: APPEAL_GUARDS,
  'withdraw-appeal': [appealIsOpen],
}
