import { FOR_PEOPLE_ONLY, PERMISSIONS, permissionsOf, roleMay, ROLES } from './roles'
import type { Permission, Role } from './roles'

/** The table written again by role, independently of the code. */
const MAY: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  'after-sale-agent': [
    ...(['account.own', 'meta.read', 'queue.read', 'cases.read', 'cases.act', 'money.act', 'facts.write'] as const),
    ...(['evidence.write', 'appeals.write', 'strategies.read', 'strategies.write', 'trials.run'] as const),
    ...(['stores.read', 'messages.read', 'quarantine.read', 'personal.reveal', 'analytics.read'] as const),
  ],
  'pre-sale-agent': ['account.own', 'meta.read', 'queue.read', 'cases.read', 'stores.read'],
  warehouse: ['account.own', 'meta.read', 'queue.read', 'cases.read', 'facts.write', 'evidence.write', 'stores.read'],
  finance: [
    'account.own',
    'meta.read',
    'queue.read',
    'cases.read',
    'money.act',
    'stores.read',
    'analytics.read',
    'exports.run',
  ],
  analyst: [
    ...(['account.own', 'meta.read', 'queue.read', 'cases.read', 'strategies.read', 'trials.run'] as const),
    ...(['stores.read', 'analytics.read', 'exports.run'] as const),
  ],
  auditor: [
    ...(['account.own', 'meta.read', 'queue.read', 'cases.read', 'strategies.read', 'stores.read'] as const),
    ...(['messages.read', 'quarantine.read', 'deadLetters.read', 'analytics.read', 'exports.run'] as const),
    ...(['people.read', 'keys.read', 'audit.read'] as const),
  ],
}

const CELLS = ROLES.flatMap((role) => PERMISSIONS.map((permission) => [role, permission] as const))

describe('what a role may do (security S7)', () => {
  it.each(CELLS)('a %s has the permission %s exactly as the table says', (role, permission) => {
    expect(roleMay(role, permission)).toBe(MAY[role].includes(permission))
  })

  it.each(ROLES)('%s has exactly these permissions', (role) => {
    expect([...permissionsOf(role)]).toEqual(PERMISSIONS.filter((permission) => MAY[role].includes(permission)))
  })

  it('R160: only the owner grants', () => {
    expect(ROLES.filter((role) => roleMay(role, 'strategies.grant'))).toEqual(['owner'])
  })

  it('rights over people and keys, and the erasure of buyers, are the owner’s alone, and no key’s', () => {
    for (const permission of ['people.write', 'keys.write', 'personal.erase'] as const) {
      expect(ROLES.filter((role) => roleMay(role, permission))).toEqual(['owner'])
      expect(FOR_PEOPLE_ONLY.has(permission)).toBe(true)
    }
  })

  it('a role that only reads has no permission to change anything', () => {
    const WRITES = PERMISSIONS.filter((permission) => /\.(write|act|grant|run)$/.test(permission))
    expect(WRITES.filter((permission) => roleMay('pre-sale-agent', permission))).toEqual([])
    expect(WRITES.filter((permission) => roleMay('auditor', permission))).toEqual(['exports.run'])
  })
})
