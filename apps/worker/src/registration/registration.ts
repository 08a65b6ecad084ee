import 'reflect-metadata'
import { Type, plainToInstance } from 'class-transformer'
import type { ValidationError } from 'class-validator'
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
  validateSync,
} from 'class-validator'
import { UnusableSettings } from '#access'
import { MARKETPLACES, findEndpointProblems, connectorOf } from '#connectors'

const KNOWN_MARKETPLACES = MARKETPLACES.map(({ marketplace }) => marketplace)

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
const IsStorable = (): PropertyDecorator =>
  Matches(/^[^\0\ud800-\udfff]*$/u, { message: 'must not have NUL or half a surrogate pair in it' })

class StoreToRegister {
  /** The marketplace's number of the shop, as text: some are longer than a number can be. */
  @Matches(/^[\w-]{1,40}$/, { message: 'must be the shop’s number, as text' })
  shop: string

  @IsString()
  @IsStorable()
  @MaxLength(100)
  name: string

  @IsString()
  @IsStorable()
  accessToken: string

  @IsString()
  @IsStorable()
  refreshToken: string
}

class AppToRegister {
  @IsIn(KNOWN_MARKETPLACES, { message: `must be one of ${KNOWN_MARKETPLACES.join(', ')}` })
  marketplace: string

  @IsString()
  @IsStorable()
  @MinLength(1)
  appKey: string

  @IsString()
  @IsStorable()
  @MinLength(1)
  appSecret: string

  /** Its number in the marketplace's service market: for the authorisation page, where that needs one. */
  @IsOptional()
  @IsString()
  @IsStorable()
  @MaxLength(40)
  service?: string

  /** Only where it is not the marketplace's own address. */
  @IsObject()
  endpoints: Record<string, string> = {}

  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested()
  @Type(() => StoreToRegister)
  stores: StoreToRegister[]
}

/** An organisation with its apps and stores, as `npm run register` takes it: a JSON document. It holds secrets. */
export class Registration {
  @Matches(/^[a-z0-9-]{1,40}$/, { message: 'must be a short name of small letters, digits and dashes' })
  slug: string

  @IsString()
  @IsStorable()
  @MaxLength(100)
  name: string

  @IsArray()
  @ValidateNested()
  @Type(() => AppToRegister)
  apps: AppToRegister[]
}

/** @throws UnusableSettings that names every field that cannot be used, and no value. */
export function parseRegistration(text: string, insecureHosts: readonly string[] = []): Registration {
  const document = parseJsonObject(text)
  const registration = plainToInstance(Registration, document)
  const problems = formatErrors(
    validateSync(registration, {
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { value: false, target: false },
    }),
    '',
  )
  if (problems.length === 0) problems.push(...findUnsafeAddresses(registration, insecureHosts))
  if (problems.length > 0) throw new UnusableSettings(problems)
  return registration
}

/** Addresses that are not the marketplace's own: its tokens and secrets would be sent there. */
const findUnsafeAddresses = ({ apps }: Registration, insecureHosts: readonly string[]): string[] =>
  apps.flatMap(({ marketplace, endpoints }, i) => {
    const connector = connectorOf(marketplace)
    return (connector === undefined ? [] : findEndpointProblems(connector, endpoints, insecureHosts)).map(
      ({ name, problem: trouble }) =>
        `apps.${i}.endpoints.${printableFieldName(name)}: ${trouble}; INSECURE_HOSTS names other hosts`,
    )
  })

/** A field name from the document is repeated only if it looks like one: it could be a secret in the wrong place. */
const printableFieldName = (name: string): string => (/^\w{1,40}$/.test(name) ? name : '?')

function parseJsonObject(text: string): object {
  try {
    const document: unknown = JSON.parse(text)
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document
  } catch {
    // Reported below: the parser's own message quotes the document, which holds secrets.
  }
  throw new UnusableSettings(['the registration: must be a JSON object with slug, name and apps'])
}

const formatErrors = (errors: readonly ValidationError[], before: string): string[] =>
  errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints === undefined
      ? []
      : [`${before}${property}: ${[...new Set(Object.values(constraints))].join('; ')}`]),
    ...formatErrors(children, `${before}${property}.`),
  ])
