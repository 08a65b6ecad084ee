/** How long the platforms wait before they move a case themselves. */

/** Durations in ms. */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A time limit, with the rule that it comes from; "assumed" where no rule gives a number. */
export interface PlatformRule {
  readonly ms: number
  readonly source: string
}

export const platformRules = {
  /** The merchant's first answer; overdue counts as agreement with the buyer's demand. */
  sellerResponse: { ms: 48 * HOUR, source: 'R028, R044, R088, R168' },
  /** A group that does not form is refunded by the system. */
  groupFormation: { ms: 24 * HOUR, source: 'R111' },
  /** Return agreed, buyer has to send; overdue closes the case. */
  buyerReturn: { ms: 7 * DAY, source: 'R135 names the term; 7 days assumed' },
  /** Returned parcel is on its way to the merchant; overdue refunds. */
  merchantReceipt: { ms: 10 * DAY, source: 'assumed; outcome by R044' },
  /** An agreed resend, repair or recall that the merchant has to ship. */
  merchantShipping: { ms: 48 * HOUR, source: 'assumed as R088' },
  /** After a refusal the buyer may change the application or ask the platform to step in; silence closes the case. */
  buyerAfterRefusal: { ms: 72 * HOUR, source: 'R029; term assumed' },
  /** From the request to intervene until the platform asks for evidence. */
  interventionIntake: { ms: 10 * MINUTE, source: 'assumed' },
  /** Evidence after platform intervention: a hard close. */
  evidenceWindow: { ms: 48 * HOUR, source: 'R125' },
  /** From the end of the evidence to the ruling. */
  ruling: { ms: 24 * HOUR, source: 'assumed' },
  /** The buyer is asked to refuse a parcel that is still under way. */
  parcelRefusal: { ms: 15 * DAY, source: 'R005, R006; term assumed' },
  /** Exchange, resend, repair under way to the buyer; silence counts as received. */
  buyerReceipt: { ms: 7 * DAY, source: 'assumed' },
  /** The merchant repairs the goods. */
  repairBench: { ms: 72 * HOUR, source: 'assumed' },
  /** Agreed refund until the money has arrived (WeChat pay). */
  refundArrival: { ms: 2 * MINUTE, source: 'R112' },
  /** One extension of the receipt deadline. */
  timeExtension: { ms: 3 * DAY, source: 'assumed' },
} as const satisfies Record<string, PlatformRule>

export type PlatformRuleName = keyof typeof platformRules

/** The instant at which a limit that starts at `now` ends, epoch ms. */
export function dueAfter(now: number, rule: PlatformRuleName): number {
  return now + platformRules[rule].ms
}
