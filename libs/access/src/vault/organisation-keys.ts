import type { MasterKey } from './master-key'
import { OrganisationKey } from './organisation-key'
import { DestroyedKey, Unsealable, UnknownKey } from './unsealable'

/** One row of `organisation_key`. */
export interface WrappedKey {
  readonly org: number
  readonly id: string
  /** The id of the master key that it is wrapped by. */
  readonly master: string
  /** Null where it was destroyed. */
  readonly wrapped: Buffer | null
  /** Whether it may seal by now, by the database's clock: others have had the time to learn of it. */
  readonly seals: boolean
}

interface Held extends WrappedKey {
  key: OrganisationKey | undefined
}

/** The keys of organisations that this process knows, unwrapped when first used. */
export class OrganisationKeys {
  private held = new Map<string, Held>()
  private newest = new Map<number, Held>()
  private destroyed = new Set<number>()
  private byOrg = new Map<number, Held[]>()

  constructor(private readonly masters: readonly MasterKey[]) {}

  /** All that there are, the oldest first; what was known before and is not among them is forgotten. */
  load(rows: readonly WrappedKey[]): void {
    const held = new Map<string, Held>()
    const newest = new Map<number, Held>()
    const destroyed = new Set<number>()
    const byOrg = new Map<number, Held[]>()
    for (const row of rows) {
      const name = `${row.org}/${row.id}`
      if (row.wrapped === null) {
        destroyed.add(row.org)
        continue
      }
      const before = this.held.get(name)
      const entry = { ...row, key: before?.key }
      held.set(name, entry)
      byOrg.set(row.org, [...(byOrg.get(row.org) ?? []), entry])
      if (row.seals) newest.set(row.org, entry)
    }
    Object.assign(this, { held, newest, destroyed, byOrg })
  }

  /** The key that seals for an organisation; `undefined`: it has none yet. @throws Unsealable where it cannot be had */
  sealing(org: number): OrganisationKey | undefined {
    const newest = this.newest.get(org)
    if (newest !== undefined) return newest.key ?? this.unwrapped(newest)
    if (this.destroyed.has(org)) throw new DestroyedKey()
    return undefined
  }

  /** @throws Unsealable where it is not there, or was wrapped by a master key that we do not have */
  opening(org: number, id: string): OrganisationKey {
    const found = this.held.get(`${org}/${id}`)
    if (found !== undefined) return found.key ?? this.unwrapped(found)
    throw this.destroyed.has(org) ? new DestroyedKey() : new UnknownKey(id)
  }

  /** All keys of an organisation that can be had. */
  all(org: number): OrganisationKey[] {
    return (this.byOrg.get(org) ?? []).flatMap((one) => {
      try {
        return [one.key ?? this.unwrapped(one)]
      } catch (error) {
        if (error instanceof Unsealable) return []
        throw error
      }
    })
  }

  private unwrapped(held: Held): OrganisationKey {
    const { org, id, master, wrapped } = held
    const masterKey = this.masters.find((one) => one.id === master)
    if (masterKey === undefined) throw new UnknownKey(master)
    if (wrapped === null) throw new DestroyedKey()
    const key = new OrganisationKey(masterKey.unwrap(org, id, wrapped))
    if (key.id !== id) throw new Unsealable()
    held.key = key
    return key
  }
}
