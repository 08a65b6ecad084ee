import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { SqlExecutor } from './roles'
import { quoteIdentifier } from './roles'

/** PostgreSQL's own default (`scram_iterations`), so that a verifier is like those that the server makes. */
const SCRAM_ITERATIONS = 4_096

/** What PostgreSQL keeps of a password (RFC 5803). Sent in its place, so that no log of statements has the password. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256')
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest()
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${keyOf('Server Key').toString('base64')}`
}

/** A role's name and what is kept of a password cannot be parameters of this statement. */
const passwordSql = (role: string, password: string): string =>
  `ALTER ROLE ${quoteIdentifier(role)} PASSWORD '${scramVerifier(password)}'`

/** @param password of letters that are the same in every normal form, as hexadecimal digits are */
export async function setRolePassword(database: SqlExecutor, role: string, password: string): Promise<void> {
  await database.query(passwordSql(role, password))
}
