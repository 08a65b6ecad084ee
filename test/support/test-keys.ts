/** Keys for tests: a vault whose organisations have keys of their own, without a database. */
import { hash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { MasterKey, openVault, organisationKeyId } from '#access'

/** 32 bytes that are always the same for one name. */
export const keyFrom = (name: string): Buffer => hash('sha256', name, 'buffer')

/** Loads keys derived from names, wrapped by the first master key or the one given. The last key of an organisation seals. */
export function withKeys(
  vault: Vault,
  namesByOrg: Readonly<Record<number, readonly string[]>>,
  wrappedBy?: Buffer,
): Vault {
  const master = wrappedBy === undefined ? vault.masters[0] : new MasterKey(wrappedBy)
  if (!(master instanceof MasterKey)) throw new Error('no master key')
  vault.organisationKeys.load(
    Object.entries(namesByOrg).flatMap(([text, names]) => {
      const org = Number(text)
      return names.map((name) => {
        const key = keyFrom(name)
        const id = organisationKeyId(key)
        return { org, id, master: master.id, wrapped: master.wrap(org, id, key), seals: true }
      })
    }),
  )
  return vault
}

/** Puts a migrated database into the state before organisation keys: no key, everything sealed in the first format. */
export async function resetToFirstFormat(database: DataSource): Promise<void> {
  await database.query('TRUNCATE organisation_key, key_check, reseal')
  await database.query('UPDATE sealing SET format = 1, reads_first = true')
}

/** A vault of one master key with keys for the organisations 1, 2 and 11. */
export const vaultWithOrganisationKeys = (masterKeys: Buffer | readonly Buffer[]): Vault =>
  withKeys(openVault(masterKeys), { 1: ['one'], 2: ['two'], 11: ['eleven'] })
