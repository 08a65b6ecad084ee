import type { MasterKey } from './master-key'
import { OrganisationKey } from './organisation-key'
import { DestroyedKey, Unsealable, UnknownKey } from './unsealable'

/** One row of `organisation_key`. */
export interface WrappedKey {
  readonly org: number
  readonly id: string
  /** The id of the master key that wraps it. */
  readonly master: string
  /** Null: destroyed. */
  readonly wrapped: Buffer | null
  /** Whether it may seal yet, by the database's clock: by then every process has loaded it. */
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

  /** Replaces the loaded keys. `rows` are all that exist, oldest first. */
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

  /** The key that seals for an organisation; `undefined`: it has none yet. @throws Unsealable if it is unavailable */
  sealing(org: number): OrganisationKey | undefined {
    const newest = this.newest.get(org)
    if (newest !== undefined) return newest.key ?? this.unwrapped(newest)
    if (this.destroyed.has(org)) throw new DestroyedKey()
    return undefined
  }

  /** @throws Unsealable if it is unknown, or wrapped by a master key that this process does not have */
  opening(org: number, id: string): OrganisationKey {
    const found = this.held.get(`${org}/${id}`)
    if (found !== undefined) return found.key ?? this.unwrapped(found)
    throw this.destroyed.has(org) ? new DestroyedKey() : new UnknownKey(id)
  }

  /** All keys of an organisation that can be unwrapped. */
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
