import type { KnownHash } from '#access'

const USAGE = `npm run audit -- verify [ORG:N:HASH…]
  reads every organisation's audit and says whether an entry was changed, removed, inserted or moved
  ORG:N:HASH  as an earlier run printed it: also finds a chain that was recomputed to its end`

/** Hashes that were noted earlier, by organisation. @throws Error with the usage */
export function parseAuditArguments([command, ...noted]: readonly string[]): ReadonlyMap<number, readonly KnownHash[]> {
  if (command !== 'verify') throw new Error(USAGE)
  const known = new Map<number, KnownHash[]>()
  for (const one of noted) {
    const [, org, n, hash] = /^(\d{1,9}):(\d{1,15}):([0-9a-f]{64})$/.exec(one) ?? []
    if (org === undefined || n === undefined || hash === undefined) throw new Error(USAGE)
    known.set(Number(org), [...(known.get(Number(org)) ?? []), { n: Number(n), hash }])
  }
  return known
}
