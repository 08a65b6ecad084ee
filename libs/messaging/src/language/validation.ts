import Ajv2020 from 'ajv/dist/2020'
import type { ValidateFunction } from 'ajv/dist/2020'
import { MESSAGES } from './registry'
import type { Message } from './registry'
import { strict } from './schema'

/** Where a message is invalid and by which rule: never the value, which may be personal data. */
export type SchemaViolation = string

/** Validates data by the schema of its type; `undefined`: valid. An unknown type is a violation. */
export type Validate = (type: string, data: unknown) => SchemaViolation | undefined

// `allErrors: false`: the first violation is enough, and a hostile message cannot make us collect millions.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false })

/** Strict, for what we publish: no undocumented field and no undocumented word. */
export const validateOutgoing: Validate = validatorFor((message) => strict(message.schema))

/** Tolerant, for what we consume: unknown fields and words are accepted. */
export const validateIncoming: Validate = validatorFor((message) => message.schema)

/** Whether this version knows the type. */
export const isKnownType = (type: string): boolean => KNOWN_TYPES.has(type)

const KNOWN_TYPES: ReadonlySet<string> = new Set(MESSAGES.map(({ type }) => type))

function validatorFor(schemaOf: (message: Message) => object, messages: readonly Message[] = MESSAGES): Validate {
  const compiled = new Map<string, ValidateFunction>()
  const schemas = new Map(messages.map((message) => [message.type, schemaOf(message)]))
  return (type, data) => {
    const schema = schemas.get(type)
    if (schema === undefined) return 'unknown type'
    // Compiled on first use, since compiling is slow and most processes need only a few types.
    let isValid = compiled.get(type)
    if (isValid === undefined) compiled.set(type, (isValid = ajv.compile(schema)))
    if (isValid(data)) return undefined
    const [first] = isValid.errors ?? []
    const place = first?.instancePath || '/'
    const violation =
      first?.keyword === 'required'
        ? `lacks ${String(first.params['missingProperty'])}`
        : `fails ${first?.keyword ?? 'its schema'}`
    return `${place} ${violation}`
  }
}
