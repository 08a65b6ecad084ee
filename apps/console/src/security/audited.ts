import { SetMetadata } from '@nestjs/common'
import type { ChangeFacts } from '#event-store'

/** How the audit names what an operation does. */
export interface AuditedOperation {
  /** `<thing>.<past tense>`. */
  readonly action: string
  /** `<thing>:{name}`, with the name of a parameter, or of a fact that the transaction notes (`noteChange`). */
  readonly subject: string
  /** Paths of what the request names: ids, numbers and codes. Never a text that a person typed. */
  readonly details: readonly string[]
  /** The library that does it writes the entries itself, in its own transactions. */
  readonly byItself: boolean
}

export type AuditDeclaration = AuditedOperation | 'nothing'

export const AUDITED = 'how the audit names the operation'

/**
 * The entry that each transaction of the operation is committed with, if it changes something; a refusal has an entry of its
 * own. `items.caseId` takes the ids of all items; `*` the names of the fields that were sent.
 */
export const Audited = (action: string, subject: string, ...details: readonly string[]): MethodDecorator =>
  SetMetadata(AUDITED, { action, subject, details, byItself: false } satisfies AuditedOperation)

/** For what writes its entries itself; what it does not mention, e.g. that nothing had to be changed, is added. */
export const AuditsItself = (action: string, subject: string): MethodDecorator =>
  SetMetadata(AUDITED, { action, subject, details: [], byItself: true } satisfies AuditedOperation)

/** For an operation that changes nothing, although it is no GET. */
export const ChangesNothing = (): MethodDecorator => SetMetadata(AUDITED, 'nothing')

export interface OperationInput {
  readonly params: ChangeFacts
  readonly body: unknown
}

/** The subject with its names replaced; what is not known (yet) is `unknown`. */
export const subjectOf = (template: string, known: ChangeFacts): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = known[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown'
  })

/** What the declaration names, from the parameters and the body. */
export function detailsOf(paths: readonly string[], { params, body }: OperationInput): ChangeFacts {
  const asked = { ...(isPlain(body) ? body : {}), ...params }
  return Object.fromEntries(
    paths.flatMap((path) => {
      if (path === '*') return isPlain(body) ? [['fields', Object.keys(body).sort()]] : []
      const value = valueAt(asked, path.split('.'))
      return value === undefined ? [] : [[path, value]]
    }),
  )
}

export const isPlain = (value: unknown): value is ChangeFacts =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  if (Array.isArray(value)) return value.map((one) => valueAt(one, [name, ...rest]))
  return isPlain(value) && Object.hasOwn(value, name) ? valueAt(value[name], rest) : undefined
}
