import type { Vault } from '#access'
import { openVault, placeOf } from '#access'
import { keyFrom, withKeys } from '../../support/test-keys'
import type { Figure } from '../figure'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'

const VALUES = 500
const PASSES = 4
/** Many short rounds, because the machine's speed varies more than the measured difference. */
const ROUNDS = 101
const THREE_KEYS = ['a new key', 'another key', 'the oldest key'].map(keyFrom)
const OLDEST = keyFrom('the oldest key')
const ORGS = [1, 2, 3, 4, 5]
const MESSAGE = JSON.stringify({ aftersale_id: '7000000000000000001', text: '不想要了'.repeat(60) })

const placeAt = (i: number): ReturnType<typeof placeOf.message> =>
  placeOf.message({ org: ORGS[i % ORGS.length] ?? 1, app: 1, digest: keyFrom(`message ${i}`).subarray(0, 16) })
const PLACES = Array.from({ length: VALUES }, (_, i) => placeAt(i))

/** Opens all values several times; returns values per second on one core. */
function measureOpening(vault: Vault, sealed: readonly Buffer[]): Promise<number> {
  const from = performance.now()
  for (let pass = 0; pass < PASSES; pass++)
    for (const [i, value] of sealed.entries()) vault.open(PLACES[i] as (typeof PLACES)[number], value)
  return Promise.resolve((VALUES * PASSES * 1_000) / (performance.now() - from))
}

/** The cost of decryption during key rotation: three master keys, the last of which sealed the values, compared with one key. */
export async function readingSealed(_server: BenchServer, _scale: Scale): Promise<Figure[]> {
  const keys = Object.fromEntries(ORGS.map((org) => [org, [`of ${org}`]]))
  const bothFormats: readonly (readonly [string, (masters: Buffer | readonly Buffer[]) => Vault])[] = [
    ['reading-sealed', (masters) => withKeys(openVault(masters), keys, OLDEST)],
    ['reading-sealed-first-format', openVault],
  ]
  const figures: Figure[] = []
  for (const [figure, openVaultWith] of bothFormats) {
    const vaultWithOneKey = openVaultWith(OLDEST)
    const vaultWithThreeKeys = openVaultWith(THREE_KEYS)
    const sealed = PLACES.map((place) => vaultWithOneKey.seal(place, MESSAGE))
    const { ours, theirs, ratio, remark } = await compareInterleaved(
      ROUNDS,
      () => measureOpening(vaultWithThreeKeys, sealed),
      () => measureOpening(vaultWithOneKey, sealed),
    )
    const remarks = [
      `${VALUES} messages of ${Buffer.byteLength(MESSAGE)} bytes, ${PASSES} times a round`,
      remark.replace(/, ratios .*/, ''),
    ]
    figures.push({
      figure,
      value: ours,
      unit: 'values/s',
      against: 'one key',
      peer: theirs,
      ratio,
      atLeast: 0.9,
      remarks,
    })
  }
  return figures
}
