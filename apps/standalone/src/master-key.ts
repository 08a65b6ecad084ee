import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { masterKeyOf } from '#access'

/** The key that everything at rest is sealed with: as set, or kept beside the data, readable by its owner only. */
export async function masterKeyIn(folder: string, given: string | undefined): Promise<Buffer> {
  if (given !== undefined) return masterKeyOf(given)
  const file = join(folder, 'master.key')
  await mkdir(folder, { recursive: true })
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined) return masterKeyOf(kept.trim())
  const key = randomBytes(32)
  await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return key
}
