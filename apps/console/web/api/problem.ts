import type { FieldError, Problem as ProblemAnswer, Warning } from './schema'

export type ProblemCode = ProblemAnswer['code']

/** A field that is wrong, by its name, with the code of what is wrong. A newer server may send a code that is unknown here. */
export interface WrongField {
  readonly pointer: string
  readonly code: FieldError['code'] | (string & {})
}

/** Why an action was refused, and what a person must confirm first. */
export interface RefusedAction {
  readonly reason: string
  readonly rule: string | null
  readonly warnings: readonly Warning[]
  /** Confirms the warnings; null: nothing can be confirmed. */
  readonly confirmation: string | null
}

/** An error answer (RFC 9457), or why there is none: `unreachable` (status 0) or `unreadable`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
    /** Stable: the page has words for it in both languages. */
    readonly code?: ProblemCode | (string & {}),
    readonly fields: readonly WrongField[] = [],
    /** Only of `action-refused`. */
    readonly refused?: RefusedAction,
    /** Only of `oidc-wanted`: the key of the organisation's log-in link. */
    readonly organisation?: string,
  ) {
    super(title)
    this.name = 'Problem'
  }
}

/** Never throws: the body may be anything, e.g. the HTML of a proxy. */
export function parseProblem(status: number, body: unknown): Problem {
  const { title, detail, code, errors, reason, rule, warnings, confirmation, organisation } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as {
    [name in keyof ProblemAnswer]?: unknown
  }
  return new Problem(
    status,
    typeof title === 'string' ? title : `HTTP ${status}`,
    typeof detail === 'string' ? detail : undefined,
    typeof code === 'string' ? code : undefined,
    Array.isArray(errors) ? errors.filter(isWrongField) : [],
    typeof reason === 'string'
      ? {
          reason,
          rule: typeof rule === 'string' ? rule : null,
          warnings: Array.isArray(warnings) ? (warnings as Warning[]) : [],
          confirmation: typeof confirmation === 'string' ? confirmation : null,
        }
      : undefined,
    typeof organisation === 'string' ? organisation : undefined,
  )
}

const isWrongField = (value: unknown): value is WrongField => {
  const { pointer, code } = (value ?? {}) as { pointer?: unknown; code?: unknown }
  return typeof pointer === 'string' && typeof code === 'string'
}
