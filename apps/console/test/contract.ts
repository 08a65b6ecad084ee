import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { ValidateFunction } from 'ajv'
import Ajv from 'ajv'
import type { ProblemCode } from '../src/problems/problem-codes'
import { PROBLEMS_ANYWHERE } from '../src/openapi/problems'

type Schema = Readonly<Record<string, unknown>>
type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface ReceivedAnswer {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Compares answers with what `/openapi.json` declares: the status, the content type, and every field. */
export class Contract {
  /** Each validator is compiled once and used a few times: what makes compiling cheap matters, not what makes it fast to run. */
  private readonly ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false, code: { optimize: false } })
  private readonly validators = new Map<string, ValidateFunction>()
  private readonly paths: readonly (readonly [pattern: RegExp, path: string])[]

  constructor(private readonly document: OpenApi) {
    // As the console writes them: whole, and in UTC.
    this.ajv.addFormat(
      'date-time',
      (text) => Number.isFinite(Date.parse(text)) && new Date(text).toISOString() === text,
    )
    this.ajv.addFormat('uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    this.ajv.addSchema({ $id: 'api', components: withoutUndeclaredFields(document.components) })
    this.paths = Object.keys(document.paths)
      // A path without parameters wins over one with them.
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => [new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`), path])
  }

  /** The operation that a request reaches, e.g. `GET /api/cases/{id}`. */
  operationOf(method: string, url: string): string | undefined {
    const [address = ''] = url.split('?')
    const path = this.paths.find(([pattern]) => pattern.test(address))?.[1]
    return path === undefined || this.document.paths[path]?.[method.toLowerCase()] === undefined
      ? undefined
      : `${method} ${path}`
  }

  /** What in an answer is not as it was declared; undefined where it is, or where no operation is reached. */
  mismatch({ method, url, status, type, text }: ReceivedAnswer): string | undefined {
    const operation = this.operationOf(method, url)
    if (operation === undefined) return undefined
    const [, path = ''] = operation.split(' ')
    const responses = this.document.paths[path]?.[method.toLowerCase()]?.responses ?? {}
    const response = responses[status] ?? (status >= 400 ? responses['default'] : undefined)
    if (response === undefined) return `${operation} does not declare the status ${status}`
    const media = type.split(';')[0]?.trim() ?? ''
    const declared = response.content?.[media]
    if (declared === undefined) return `${operation} ${status} does not declare ${media}`
    if (response === responses['default'] && !isProblemOfAnyOperation(text))
      return `${operation} does not declare ${text}`
    if (declared.schema === undefined || !media.endsWith('json')) return undefined
    const validate = this.validatorOf(`${operation} ${status} ${media}`, declared.schema)
    if (validate(JSON.parse(text))) return undefined
    return `${operation} ${status}: ${this.ajv.errorsText(validate.errors?.slice(0, 5))}\n${text.slice(0, 2_000)}`
  }

  private validatorOf(name: string, schema: Schema): ValidateFunction {
    const validator = this.validators.get(name) ?? this.ajv.compile(withoutUndeclaredFields(schema) as object)
    this.validators.set(name, validator)
    return validator
  }
}

const isProblemOfAnyOperation = (text: string): boolean =>
  (PROBLEMS_ANYWHERE as readonly ProblemCode[]).includes((JSON.parse(text) as { code: ProblemCode }).code)

/**
 * The same schema, but a field that is not declared is an error, and `nullable` is written as JSON Schema has it. What is
 * composed by `allOf` stays open: each part of it sees the fields of the others.
 */
function withoutUndeclaredFields(schema: unknown, composed = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => withoutUndeclaredFields(one, composed))
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, ...rest } = schema as Record<string, unknown>
  const plain = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === '$ref' ? `api${String(value)}` : withoutUndeclaredFields(value, key === 'allOf'),
    ]),
  )
  const open = composed || plain['properties'] === undefined || plain['additionalProperties'] !== undefined
  const whole = open ? plain : { ...plain, additionalProperties: false }
  return nullable === true ? { anyOf: [whole, { type: 'null' }] } : whole
}

/** The application, but an answer that differs from the document fails the request that it was given to. */
export function checkAnswers(
  app: NestFastifyApplication,
  contract: Contract,
  answered: Set<string>,
  withSession: (headers: Readonly<Record<string, string>>) => Promise<Record<string, string>>,
): NestFastifyApplication {
  const inject = async (asked: string | { readonly method?: string; readonly url: string }): Promise<unknown> => {
    const options = typeof asked === 'string' ? { url: asked } : asked
    const { method = 'GET', url } = options as { readonly method?: string; readonly url: string }
    const { headers: given = {} } = options as { readonly headers?: Record<string, string> }
    const answer = await app.inject({ ...options, headers: await withSession(given) } as never)
    const { statusCode: status, headers, payload: text } = answer
    const mismatch = contract.mismatch({ method, url, status, type: String(headers['content-type']), text })
    if (mismatch !== undefined) throw new Error(`not as declared: ${mismatch}`)
    if (status < 300) answered.add(contract.operationOf(method, url) ?? '')
    return answer
  }
  return new Proxy(app, { get: (target, key) => (key === 'inject' ? inject : (Reflect.get(target, key) as unknown)) })
}
