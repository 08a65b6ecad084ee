import type { Answer } from './http-service'

/** What can go wrong with a call that changes something, around its effect. */
export const actionFaults = [
  /** Carried out, then the connection is cut. */
  'timeoutAfterEffect',
  /** The connection is cut and nothing is carried out. */
  'dropBeforeEffect',
  /** The connection is cut; carried out `lateEffectMs` later by the simulated clock, as from a queue. */
  'effectLate',
  /** Carried out, then answered with HTTP 500. */
  'answer500AfterEffect',
  /** Refused as if the case had just changed, in the platform's own words; nothing is carried out. */
  'refuseStale',
] as const
export type ActionFault = (typeof actionFaults)[number]

/** One fault at exactly one place: the nth call of an API, counted from 1 since the strikes were set. */
export interface Strike {
  readonly fault: ActionFault
  /** The name of the API on the wire, e.g. `afterSale.operate`; left out: any action. */
  readonly api?: string
  /** Only calls about this case count. */
  readonly caseNumber?: string
  /** Left out: every one. */
  readonly nth?: number
}

/** Faults that strike at planned places, not by chance. */
export class Strikes {
  private planned: { readonly strike: Strike; seen: number }[] = []

  /** Replaces what was planned; throws RangeError for what makes no sense. */
  set(strikes: unknown): void {
    if (!Array.isArray(strikes)) throw new RangeError('strikes must be a list')
    this.planned = strikes.map((strike) => ({ strike: checked(strike), seen: 0 }))
  }

  get current(): readonly Strike[] {
    return this.planned.map(({ strike }) => strike)
  }

  /** The fault of this call, and one more call counted; `text` is what was sent. */
  fate(api: string, text: string): ActionFault | undefined {
    let fate: ActionFault | undefined
    for (const plan of this.planned) {
      const { strike } = plan
      if (strike.api !== undefined && strike.api !== api) continue
      if (strike.caseNumber !== undefined && !text.includes(strike.caseNumber)) continue
      plan.seen++
      if (strike.nth === undefined || strike.nth === plan.seen) fate ??= strike.fault
    }
    return fate
  }
}

function checked(value: unknown): Strike {
  const { fault, api, caseNumber, nth } = (value ?? {}) as Record<string, unknown>
  if (!actionFaults.includes(fault as ActionFault))
    throw new RangeError(`fault must be one of ${actionFaults.join(', ')}`)
  if (api !== undefined && typeof api !== 'string') throw new RangeError('api must be a text')
  if (caseNumber !== undefined && typeof caseNumber !== 'string') throw new RangeError('caseNumber must be a text')
  if (nth !== undefined && !(Number.isSafeInteger(nth) && (nth as number) >= 1))
    throw new RangeError('nth must be a whole number from 1')
  return {
    fault: fault as ActionFault,
    ...(api === undefined ? {} : { api }),
    ...(caseNumber === undefined ? {} : { caseNumber }),
    ...(nth === undefined ? {} : { nth: nth as number }),
  }
}

/** How a marketplace carries out one call, in the ways that a fault may want it. */
export interface Carrying {
  /** Carries it out; throws the platform's own error. */
  readonly run: () => Answer
  /** Schedules it to be carried out later. */
  readonly later: () => void
  /** Answers that the case has changed; may throw the platform's own error. */
  readonly stale: () => Answer
}

export function carriedOut(fault: ActionFault | undefined, { run, later, stale }: Carrying): Answer {
  switch (fault) {
    case undefined:
      return run()
    case 'refuseStale':
      return stale()
    case 'dropBeforeEffect':
      return { cutAfterMs: 0 }
    case 'effectLate':
      later()
      return { cutAfterMs: 0 }
    case 'timeoutAfterEffect':
      quietly(run)
      return { cutAfterMs: 0 }
    case 'answer500AfterEffect':
      quietly(run)
      return serverError
  }
}

export const serverError: Answer = {
  status: 500,
  type: 'text/html',
  body: '<html><body>500 Internal Server Error</body></html>',
}

/** The platform's answer is lost, even a refusal. */
export function quietly(run: () => unknown): void {
  try {
    run()
  } catch {
    // The answer is lost anyway.
  }
}
