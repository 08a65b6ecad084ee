import {
  appealAmountsFit,
  appealCanSucceed,
  appealIsDescribed,
  appealIsOpen,
  appealMovesWhatIsWanted,
  appealsAreLeft,
  otherIsSomethingElse,
} from '../appeals/filing'
import { evidenceStillTaken } from '../evidence/still-taken'
import { evidenceIsThere, evidenceToStandard } from '../evidence/to-standard'
import {
  groundsToIntervene,
  interventionIsDescribed,
  interventionRiskIsKnown,
  platformNotThereYet,
  triedYourselfFirst,
} from '../intervention/asking'
import { categoryAllowsRefusal, buyerKnowsHowToRefuse, parcelIsUnderWay } from './guards/refusal-may-be-agreed'
import { amountIsBounded } from './guards/amount-is-bounded'
import { agreedAmountIsApplied, proposalIsLess } from './guards/buyer-changes-the-amount'
import { chatBeforeRejecting } from './guards/chat-before-rejecting'
import { escalationFollows } from './guards/escalation-follows'
import { groupIsFormed } from './guards/group-is-formed'
import { interceptionInTime } from './guards/interception-in-time'
import { negotiationContinues } from './guards/negotiation-continues'
import { proofAfterReturn } from './guards/proof-after-return'
import { rejectionIsComplete } from './guards/rejection-is-complete'
import { returnAddressIsGiven } from './guards/return-address-is-given'
import { goodsSentBack, traceStalled } from './guards/risks-of-rejecting'
import { roundsBeforeRejecting } from './guards/rounds-before-rejecting'
import { sevenDayGoods } from './guards/seven-day-goods'
import { onlyOnceDelivered, smallPaymentIsSmall } from './guards/small-payment-settles'
import { textStaysInside } from './guards/text-stays-inside'
import type { Guard } from './guard'
import type { ActionName } from './vocabulary'

/** Checked before a rejection: first what is missing, then who must be heard, then what it risks. */
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

/** Checked before evidence is submitted: is it still accepted, is there any, would it count. */
export const EVIDENCE_GUARDS: readonly Guard[] = [
  evidenceStillTaken,
  evidenceIsThere,
  evidenceToStandard,
  textStaysInside,
]

/** Checked before the platform is asked to step in; the risk comes last, for it is shown each time. */
export const INTERVENTION_GUARDS: readonly Guard[] = [
  platformNotThereYet,
  interventionIsDescribed,
  evidenceIsThere,
  evidenceToStandard,
  textStaysInside,
  groundsToIntervene,
  triedYourselfFirst,
  interventionRiskIsKnown,
]

/** Checked before an appeal: first what is bound to fail, last the slots that are left. */
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
