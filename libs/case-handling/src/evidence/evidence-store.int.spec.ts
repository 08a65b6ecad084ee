import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type * as files from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evidenceSealingOf, openVault } from '#access'
import { startTestBucket } from '../../../../test/support/test-bucket'
import { png } from '../../../../test/support/pictures'
import { bucketBlobStore } from './bucket-blob-store'
import type { EvidenceStore } from './evidence-store'
import { evidenceStoreOn } from './evidence-store'
import { folderBlobStore } from './folder-blob-store'

const DAY = 86_400_000
const NOON = Date.parse('2026-11-11T04:00:00Z')
const sealing = evidenceSealingOf(openVault(Buffer.alloc(32, 7)))
const kept = async (store: EvidenceStore, bytes: Buffer, until: number, org = 7): Promise<string> => {
  const answer = await store.put(org, bytes, until)
  if (answer.type === 'refused') throw new Error(answer.problem)
  return answer.piece.hash
}

let folder: string
let bucket: Awaited<ReturnType<typeof startTestBucket>>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'))
  bucket = await startTestBucket()
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  await bucket.close()
})

const blobStores = { 'a folder': () => folderBlobStore(folder), 'a bucket': () => bucketBlobStore(bucket.settings) }
describe.each(Object.entries(blobStores))('evidence in %s', (_where, blobs) => {
  const store = (): EvidenceStore => evidenceStoreOn(blobs(), sealing, { image: 1_000, video: 1_000, document: 0 })

  it('is read as it was written, under the hash of its bytes', async () => {
    const answer = await store().put(7, png('one'), NOON)
    expect(answer).toEqual({
      type: 'kept',
      piece: {
        type: 'image/png',
        kind: 'image',
        width: 640,
        height: 480,
        bytes: png('one').length,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    })
    expect(await store().get(7, answer.type === 'kept' ? answer.piece.hash : '')).toEqual(png('one'))
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'Empty'],
    ['a page', Buffer.from('<html><script>'), 'TypeNotTaken'],
    ['a programme with the name of a picture', Buffer.from('MZ\x90\x00'), 'TypeNotTaken'],
    ['a picture of a byte too many', Buffer.concat([png('x'), Buffer.alloc(1_001 - png('x').length)]), 'TooLarge'],
    ['a document where none is taken', Buffer.from('%PDF-1.7'), 'TooLarge'],
  ])('refuses %s', async (_what, bytes, problem) => {
    expect(await store().put(7, bytes, NOON)).toEqual({ type: 'refused', problem })
  })

  it('belongs to one organisation', async () => {
    const hash = await kept(store(), png('ours'), NOON)
    expect(await store().get(8, hash)).toBeUndefined()
  })

  it.each(['../../../etc/passwd', `..${'/'.repeat(62)}`, 'A'.repeat(64), '', `${'a'.repeat(64)}/..`])(
    'gives nothing for %j',
    async (hash) => {
      expect([await store().get(7, hash), await store().keep(7, hash, NOON)]).toEqual([undefined, false])
    },
  )

  it('R125: can be read until the end of its last day, and is removed after it', async () => {
    const hash = await kept(store(), png('one'), NOON)
    expect([await store().sweep(NOON), (await store().get(7, hash))?.length]).toEqual([0, png('one').length])
    expect([await store().sweep(NOON + DAY), await store().get(7, hash)]).toEqual([1, undefined])
    expect(await store().sweep(NOON + 2 * DAY)).toBe(0)
  })

  it('R125: is kept until the latest of all requested times, in any order', async () => {
    const hash = await kept(store(), png('one'), NOON + 9 * DAY)
    await kept(store(), png('one'), NOON)
    expect(await store().sweep(NOON + 5 * DAY)).toBe(0)
    expect(await store().keep(7, hash, NOON + 20 * DAY)).toBe(true)
    expect([await store().sweep(NOON + 15 * DAY), await store().get(7, hash)]).toEqual([0, png('one')])
    expect(await store().sweep(NOON + 30 * DAY)).toBe(1)
    expect(await store().keep(7, hash, NOON + 40 * DAY)).toBe(false)
  })

  it('of two organisations is removed for each separately', async () => {
    const hash = await kept(store(), png('same'), NOON)
    await kept(store(), png('same'), NOON + 9 * DAY, 8)
    expect([await store().sweep(NOON + DAY), await store().get(7, hash), await store().get(8, hash)]).toEqual([
      1,
      undefined,
      png('same'),
    ])
  })

  it('that is still kept is found after any number of concurrent writers and sweepers', async () => {
    for (let round = 0; round < 12; round += 1) {
      const hash = await kept(store(), png('race'), NOON)
      const at = NOON + (round + 2) * 10 * DAY
      await Promise.all([
        store().sweep(at),
        kept(store(), png('race'), at + DAY),
        store().sweep(at),
        kept(store(), png('race'), at + DAY),
      ])
      expect(await store().get(7, hash)).toEqual(png('race'))
      await store().sweep(at + 5 * DAY)
      expect(await store().get(7, hash)).toBeUndefined()
    }
  })

  it('lists to the last page', async () => {
    for (const n of [1, 2, 3, 4, 5]) await kept(store(), png(`piece ${n}`), NOON)
    expect(await store().sweep(NOON + DAY)).toBe(5)
  })
})

describe('evidence stored in a folder', () => {
  const store = (): EvidenceStore => evidenceStoreOn(folderBlobStore(folder), sealing)
  const pathOf = (hash: string): string => join(folder, '7', hash.slice(0, 2), hash)

  it('is sealed, and no half-written file is left', async () => {
    const hash = await kept(store(), png('the buyer is on it'), NOON)
    expect((await readFile(pathOf(hash))).includes('the buyer')).toBe(false)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('is not returned when its bytes were changed', async () => {
    const hash = await kept(store(), png('one'), NOON)
    await writeFile(pathOf(hash), 'changed')
    await expect(store().get(7, hash)).rejects.toThrow('not sealed with this key')
  })

  it('is not returned when it is stored under the name of another piece', async () => {
    const [one, other] = [await kept(store(), png('one'), NOON), await kept(store(), png('other'), NOON)]
    await writeFile(pathOf(one), await readFile(pathOf(other)))
    await expect(store().get(7, one)).rejects.toThrow('does not match its hash')
  })

  it('is restored when it is marked while a sweeper holds it', async () => {
    const hash = await kept(store(), png('one'), NOON)
    const really = rename
    const inHand = jest
      .spyOn(jest.requireActual<typeof files>('node:fs/promises'), 'rename')
      .mockImplementationOnce(async (from, to) => {
        await really(from, to)
        await writeFile(`${pathOf(hash)}.until-${NOON + 9 * DAY}`, '')
      })
    expect([await store().sweep(NOON + DAY), await store().get(7, hash)]).toEqual([0, png('one')])
    expect(inHand).toHaveBeenCalled()
    inHand.mockRestore()
  })

  it('that a crashed sweeper had moved away is restored while it is kept, and removed after that', async () => {
    const hash = await kept(store(), png('one'), NOON + 9 * DAY)
    await writeFile(`${pathOf(hash)}.leaving`, await readFile(pathOf(hash)))
    await rm(pathOf(hash))
    await store().sweep(NOON)
    expect(await store().get(7, hash)).toEqual(png('one'))
    expect(await store().sweep(NOON + 20 * DAY)).toBe(1)
    expect(await readdir(join(folder, '7', hash.slice(0, 2)))).toEqual([])
  })
})

it('a refusing bucket is reported by its code only', async () => {
  const stranger = evidenceStoreOn(bucketBlobStore({ ...bucket.settings, secretKey: 'wrong' }), sealing)
  await expect(stranger.put(7, png('one'), NOON)).rejects.toThrow(/^the bucket answered 403$/)
})
