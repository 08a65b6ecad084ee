import { Keys1700000000160 } from './key-migration'
import { Access1700000000002 } from './migration'
import { Audit1700000000200 } from './migrations/0200-audit'
import { People1700000000201 } from './migrations/0201-people'
import { FindOrganisation1700000000222 } from './migrations/0222-find-organisation'
import { ConnectedStores1700000000270 } from './migrations/0270-connected-stores'
import { OrganisationsWithoutOwner1700000000223 } from './migrations/0223-organisations-without-owner'
import { Oidc1700000000290 } from './migrations/0290-oidc'
import { Passkeys1700000000291 } from './migrations/0291-passkeys'
import { QuotaUse1700000000260 } from './migrations/0260-quota-use'

export * from './audit'
export * from './quotas/quota'
export { ACCESS_TABLES } from './access-tables'
export * from './buyer'
export * from './demonstration'
export * from './directory'
export * from './every-organisation'
export * from './find-organisation'
export * from './key-file'
export * from './key-readiness'
export * from './key-settings'
export * from './people'
export type { App, Organisation, DirectorySnapshot, Store } from './directory-snapshot'
export * from './registration'
export * from './sealing'
export * from './settings'
export * from './stores'
export type { UnreadableSecret } from './unreadable-secrets'
export * from './vault'

export const ACCESS_MIGRATIONS = [
  Access1700000000002,
  Keys1700000000160,
  Audit1700000000200,
  People1700000000201,
  FindOrganisation1700000000222,
  OrganisationsWithoutOwner1700000000223,
  QuotaUse1700000000260,
  ConnectedStores1700000000270,
  Oidc1700000000290,
  Passkeys1700000000291,
]
