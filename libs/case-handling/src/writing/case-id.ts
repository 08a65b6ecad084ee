import { hash } from 'node:crypto'

/**
 * The id of a case is derived from its identity, so that two workers, a replay and a restart all find the same one: the
 * first 128 bits of a hash, written as a UUID (version 8, RFC 9562).
 */
export function caseIdOf(org: number, store: number, caseNumber: string): string {
  const hex = hash('sha256', `${org}\n${store}\n${caseNumber}`, 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
