import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { verifyKeys } from '#access'
import { CommandError } from '#runtime'
import { readKeyUsage } from './status'

/**
 * Destroys the key of an organisation: nothing that was sealed for it can be opened any more, here or in backups made from
 * now on, and its stores are no longer called. What is not sealed (order numbers, amounts, times) stays.
 * Earlier backups still hold the wrapped key. With the master key they can be opened, so they have to be deleted, too.
 * @throws CommandError where there is no such organisation, or values are left that its key did not seal
 */
export async function eraseOrganisation(database: DataSource, vault: Vault, slug: string): Promise<void> {
  await verifyKeys(database, vault)
  if ((await readKeyUsage(database, vault)).readsFirst)
    throw new CommandError(
      "Some values are not sealed by organisations' own keys yet: run `npm run keys -- rotate` first.",
    )
  await database.transaction(async (manager) => {
    const [row] = await manager.query<{ id: number }[]>('SELECT id FROM organisation WHERE slug = $1 FOR UPDATE', [
      slug,
    ])
    if (row === undefined) throw new CommandError(`There is no organisation ${slug}.`)
    await manager.query(
      'UPDATE organisation_key SET wrapped = NULL, destroyed_at = clock_timestamp() WHERE org = $1 AND wrapped IS NOT NULL',
      [row.id],
    )
    await manager.query('UPDATE store SET authorised = false WHERE org = $1', [row.id])
  })
}
