import { ValidateBy } from 'class-validator'
import { UnusableDatabaseUrl, parseDatabaseUrl } from './connection-options'

const NOT_AN_ADDRESS = 'must be an address like postgres://user:password@host:5432/name'

/** What is wrong with an address, or `undefined`; the address itself is not repeated. */
function invalidDatabaseUrlReason(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^postgres(ql)?:\/\/\S+$/.test(value)) return NOT_AN_ADDRESS
  try {
    return void parseDatabaseUrl(value)
  } catch (error) {
    if (error instanceof UnusableDatabaseUrl) return error.message
    throw error
  }
}

/** A setting that is the address of a PostgreSQL, with TLS demanded wherever it leads to another host. */
export const IsDatabaseUrl = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDatabaseUrl',
    validator: {
      validate: (value: unknown) => invalidDatabaseUrlReason(value) === undefined,
      defaultMessage: (args) => invalidDatabaseUrlReason(args?.value) ?? NOT_AN_ADDRESS,
    },
  })
