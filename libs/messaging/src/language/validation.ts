import Ajv2020 from 'ajv/dist/2020'
import type { ValidateFunction } from 'ajv/dist/2020'
import { MESSAGES } from './registry'
import type { Message } from './registry'
import { strict } from './schema'

/** What is wrong with a message; `undefined`: nothing. Names places and rules, never values: they may be somebody's. */
export type SchemaViolation = string

/** By type: whether the data are what the schema says. An unknown type is a flaw, too. */
export type Validate = (type: string, data: unknown) => SchemaViolation | undefined

// `allErrors` off: the first flaw is enough, and a hostile message cannot make us count.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false })

/** For what we say: nothing that is not written down. */
export const validateOutgoing: Validate = byType((message) => strict(message.schema))

/** For what we hear: more than is written down does no harm. */
export const validateIncoming: Validate = byType((message) => message.schema)

/** Whether this version knows what such a message says. */
export const isKnownType = (type: string): boolean => KNOWN.has(type)

const KNOWN: ReadonlySet<string> = new Set(MESSAGES.map(({ type }) => type))

function byType(schemaOf: (message: Message) => object, messages: readonly Message[] = MESSAGES): Validate {
  const compiled = new Map<string, ValidateFunction>()
  const schemas = new Map(messages.map((message) => [message.type, schemaOf(message)]))
  return (type, data) => {
    const schema = schemas.get(type)
    if (schema === undefined) return 'unknown type'
    // Compiled when first wanted: a process that hears three kinds does not pay for thirty.
    let isValid = compiled.get(type)
    if (isValid === undefined) compiled.set(type, (isValid = ajv.compile(schema)))
    if (isValid(data)) return undefined
    const [first] = isValid.errors ?? []
    const where = first?.instancePath || '/'
    const what =
      first?.keyword === 'required'
        ? `lacks ${String(first.params['missingProperty'])}`
        : `fails ${first?.keyword ?? 'its schema'}`
    return `${where} ${what}`
  }
}
