import type { Answer } from '../http/http-service'

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

/** One fault at exactly one place: the nth call of an API, counted from 1 since the faults were planned. */
export interface PlannedFault {
  readonly fault: ActionFault
  /** The name of the API on the wire, e.g. `afterSale.operate`; left out: any action. */
  readonly api?: string
  /** Only calls about this case count. */
  readonly caseNumber?: string
  /** Left out: every one. */
  readonly nth?: number
}

/** Faults at planned calls, not by chance. On the control API they are called `strikes`. */
export class PlannedFaults {
  private plans: { readonly planned: PlannedFault; calls: number }[] = []

  /** Replaces what was planned; throws RangeError for a malformed plan. */
  set(plans: unknown): void {
    if (!Array.isArray(plans)) throw new RangeError('strikes must be a list')
    this.plans = plans.map((plan) => ({ planned: validPlan(plan), calls: 0 }))
  }

  get current(): readonly PlannedFault[] {
    return this.plans.map(({ planned }) => planned)
  }

  /** The planned fault of this call, if any. Counts the call; `text` is what was sent. */
  faultOf(api: string, text: string): ActionFault | undefined {
    let fault: ActionFault | undefined
    for (const plan of this.plans) {
      const { planned } = plan
      if (planned.api !== undefined && planned.api !== api) continue
      if (planned.caseNumber !== undefined && !text.includes(planned.caseNumber)) continue
      plan.calls++
      if (planned.nth === undefined || planned.nth === plan.calls) fault ??= planned.fault
    }
    return fault
  }
}

function validPlan(value: unknown): PlannedFault {
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

/** The ways to carry out one call, of which a fault chooses one. */
export interface CallVariants {
  /** Carries it out; throws the platform's own error. */
  readonly run: () => Answer
  /** Schedules it to be carried out later. */
  readonly later: () => void
  /** Answers that the case has changed; may throw the platform's own error. */
  readonly stale: () => Answer
}

/** Carries out a call, and answers it, as the fault demands. */
export function runWithFault(fault: ActionFault | undefined, { run, later, stale }: CallVariants): Answer {
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
      ignoreErrors(run)
      return { cutAfterMs: 0 }
    case 'answer500AfterEffect':
      ignoreErrors(run)
      return serverError
  }
}

export const serverError: Answer = {
  status: 500,
  type: 'text/html',
  body: '<html><body>500 Internal Server Error</body></html>',
}

/** For a call whose answer is lost: even a refusal reaches no one. */
export function ignoreErrors(run: () => unknown): void {
  try {
    run()
  } catch {
    // The answer is lost anyway.
  }
}
