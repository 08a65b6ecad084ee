/**
 * Makes the secrets that `docker-compose.yml` mounts as files, once: a password for the database's owner, the address that
 * holds it, an address of its own for each process, and the key that everything at rest is sealed with. What is there already
 * stays.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

const folder = process.argv[2] ?? '.secrets'

const kept = (name, make) => {
  const path = join(folder, name)
  // The containers' user is another one than ours: the folder is what keeps others out.
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o644, flag: 'wx' })
  return readFileSync(path, 'utf8')
}

mkdirSync(folder, { recursive: true })
chmodSync(folder, 0o700)
const password = kept('database-password', () => randomBytes(24).toString('hex'))
// Between containers on one machine nothing leaves it, hence plain text.
const addressOf = (user, secret) => `postgresql://${user}:${secret}@postgres:5432/shouhou?sslmode=disable`
kept('database-url', () => addressOf('shouhou', password))
// The roles of the processes; `migrate` gives them these passwords.
for (const role of ['gateway', 'worker', 'console'])
  kept(`${role}-database-url`, () => addressOf(`shouhou_${role}`, randomBytes(24).toString('hex')))
kept('key', () => randomBytes(32).toString('base64'))
console.log(
  `${folder}: database-password, addresses of the database, key. Keep the key apart from backups of the database.`,
)
