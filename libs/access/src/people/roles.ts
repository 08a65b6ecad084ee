/** What a person or an API key may do. Every operation of the console declares one of these. */
export const PERMISSIONS = [
  /** One's own account: sessions, password, second factor. */
  'account.own',
  /** The organisation's name and the glossary. */
  'meta.read',
  /** The queue, its counts, search, tasks, the live feed. */
  'queue.read',
  /** One case with its events, actions, evidence, appeals and guidance. */
  'cases.read',
  /** Actions that move no money. */
  'cases.act',
  /** Actions that move money. */
  'money.act',
  /** What only the merchant knows of a case: goods received and inspected, liability, amounts. */
  'facts.write',
  'evidence.write',
  'appeals.write',
  /** Everyone but the owner also needs a grant for the store (R160), as for `strategies.write` and `trials.run`. */
  'strategies.read',
  'strategies.write',
  'strategies.grant',
  'trials.run',
  'stores.read',
  'stores.write',
  /** Raw messages, masked. */
  'messages.read',
  'quarantine.read',
  'quarantine.write',
  'deadLetters.read',
  'deadLetters.write',
  /** A buyer's name or phone in clear. */
  'personal.reveal',
  /** The erasure of a buyer from all cases, for good. */
  'personal.erase',
  /** Figures over cases, and the numbers of the cases behind them. */
  'analytics.read',
  'exports.run',
  'people.read',
  'people.write',
  'keys.read',
  'keys.write',
  'audit.read',
] as const

export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = [
  'owner',
  'after-sale-agent',
  'pre-sale-agent',
  'warehouse',
  'finance',
  'analyst',
  'auditor',
] as const

export type Role = (typeof ROLES)[number]

const YES = true
const ___ = false

/** Columns: owner, after-sale agent, pre-sale agent, warehouse, finance, analyst, auditor. */
const PERMISSION_TABLE: Readonly<
  Record<Permission, readonly [boolean, boolean, boolean, boolean, boolean, boolean, boolean]>
> = {
  'account.own': [YES, YES, YES, YES, YES, YES, YES],
  'meta.read': [YES, YES, YES, YES, YES, YES, YES],
  'queue.read': [YES, YES, YES, YES, YES, YES, YES],
  'cases.read': [YES, YES, YES, YES, YES, YES, YES],
  'cases.act': [YES, YES, ___, ___, ___, ___, ___],
  'money.act': [YES, YES, ___, ___, YES, ___, ___],
  'facts.write': [YES, YES, ___, YES, ___, ___, ___],
  'evidence.write': [YES, YES, ___, YES, ___, ___, ___],
  'appeals.write': [YES, YES, ___, ___, ___, ___, ___],
  'strategies.read': [YES, YES, ___, ___, ___, YES, YES],
  'strategies.write': [YES, YES, ___, ___, ___, ___, ___],
  'strategies.grant': [YES, ___, ___, ___, ___, ___, ___],
  'trials.run': [YES, YES, ___, ___, ___, YES, ___],
  'stores.read': [YES, YES, YES, YES, YES, YES, YES],
  'stores.write': [YES, ___, ___, ___, ___, ___, ___],
  'messages.read': [YES, YES, ___, ___, ___, ___, YES],
  'quarantine.read': [YES, YES, ___, ___, ___, ___, YES],
  'quarantine.write': [YES, ___, ___, ___, ___, ___, ___],
  'deadLetters.read': [YES, ___, ___, ___, ___, ___, YES],
  'deadLetters.write': [YES, ___, ___, ___, ___, ___, ___],
  'personal.reveal': [YES, YES, ___, ___, ___, ___, ___],
  'personal.erase': [YES, ___, ___, ___, ___, ___, ___],
  'analytics.read': [YES, YES, ___, ___, YES, YES, YES],
  'exports.run': [YES, ___, ___, ___, YES, YES, YES],
  'people.read': [YES, ___, ___, ___, ___, ___, YES],
  'people.write': [YES, ___, ___, ___, ___, ___, ___],
  'keys.read': [YES, ___, ___, ___, ___, ___, YES],
  'keys.write': [YES, ___, ___, ___, ___, ___, ___],
  'audit.read': [YES, ___, ___, ___, ___, ___, YES],
}

export const roleMay = (role: Role, permission: Permission): boolean =>
  PERMISSION_TABLE[permission][ROLES.indexOf(role)] === true

export const permissionsOf = (role: Role): ReadonlySet<Permission> =>
  new Set(PERMISSIONS.filter((permission) => roleMay(role, permission)))

/** Never given to an API key: a key has no second factor and cannot sign in again. */
export const FOR_PEOPLE_ONLY: ReadonlySet<Permission> = new Set<Permission>([
  'account.own',
  'strategies.grant',
  'personal.reveal',
  'personal.erase',
  'people.write',
  'keys.write',
])
