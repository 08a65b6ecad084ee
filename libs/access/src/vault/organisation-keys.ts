import type { MasterKey } from './master-key'
import { OrganisationKey } from './organisation-key'
import { DestroyedKey, Unsealable, UnknownKey } from './errors'

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

interface LoadedKey extends WrappedKey {
  key: OrganisationKey | undefined
}

/** The keys of organisations that this process knows, unwrapped when first used. */
export class OrganisationKeys {
  private rows: readonly WrappedKey[] = []
  private loaded = new Map<string, LoadedKey>()
  private newest = new Map<number, LoadedKey>()
  private destroyed = new Set<number>()
  private byOrg = new Map<number, LoadedKey[]>()

  constructor(private readonly masters: readonly MasterKey[]) {}

  /** Replaces the loaded keys: all, or those of `some` organisations. `given` are all that these have, oldest first. */
  load(given: readonly WrappedKey[], of: 'all' | 'some' = 'all'): void {
    const rows = of === 'all' ? given : [...this.rowsBeside(given), ...given]
    this.rows = rows
    const loaded = new Map<string, LoadedKey>()
    const newest = new Map<number, LoadedKey>()
    const destroyed = new Set<number>()
    const byOrg = new Map<number, LoadedKey[]>()
    for (const row of rows) {
      const name = `${row.org}/${row.id}`
      if (row.wrapped === null) {
        destroyed.add(row.org)
        continue
      }
      const previous = this.loaded.get(name)
      const entry = { ...row, key: previous?.key }
      loaded.set(name, entry)
      byOrg.set(row.org, [...(byOrg.get(row.org) ?? []), entry])
      if (row.seals) newest.set(row.org, entry)
    }
    Object.assign(this, { loaded, newest, destroyed, byOrg })
  }

  /** The key that seals for an organisation; `undefined`: it has none yet. @throws Unsealable if it is unavailable */
  sealingKey(org: number): OrganisationKey | undefined {
    const newest = this.newest.get(org)
    if (newest !== undefined) return newest.key ?? this.unwrap(newest)
    if (this.destroyed.has(org)) throw new DestroyedKey()
    return undefined
  }

  /** @throws Unsealable if it is unknown, or wrapped by a master key that this process does not have */
  openingKey(org: number, id: string): OrganisationKey {
    const found = this.loaded.get(`${org}/${id}`)
    if (found !== undefined) return found.key ?? this.unwrap(found)
    throw this.destroyed.has(org) ? new DestroyedKey() : new UnknownKey(id)
  }

  /** All keys of an organisation that can be unwrapped. */
  all(org: number): OrganisationKey[] {
    return (this.byOrg.get(org) ?? []).flatMap((one) => {
      try {
        return [one.key ?? this.unwrap(one)]
      } catch (error) {
        if (error instanceof Unsealable) return []
        throw error
      }
    })
  }

  private rowsBeside(given: readonly WrappedKey[]): WrappedKey[] {
    const orgs = new Set(given.map(({ org }) => org))
    return this.rows.filter(({ org }) => !orgs.has(org))
  }

  private unwrap(loaded: LoadedKey): OrganisationKey {
    const { org, id, master, wrapped } = loaded
    const masterKey = this.masters.find((one) => one.id === master)
    if (masterKey === undefined) throw new UnknownKey(master)
    if (wrapped === null) throw new DestroyedKey()
    const key = new OrganisationKey(masterKey.unwrap(org, id, wrapped))
    if (key.id !== id) throw new Unsealable()
    loaded.key = key
    return key
  }
}
