import { Matches } from 'class-validator'

/** A setting that the names of the database's roles begin with: with `_analytics` they stay below PostgreSQL's 63 letters. */
export const IsRolePrefix = (): PropertyDecorator =>
  Matches(/^[a-z_][a-z0-9_]{0,49}$/, { message: 'must be at most 50 small letters, digits and underscores' })
