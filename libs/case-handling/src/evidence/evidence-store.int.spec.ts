import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type * as files from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evidenceSealingOf, openVault } from '#access'
import { startTestBucket } from '../../../../test/support/test-bucket'
import { png } from '../../../../test/support/pictures'
import { bucketBlobStore } from './bucket-blob-store'
import type { EvidenceStore } from './evidence-store'
import { createEvidenceStore } from './evidence-store'
import { folderBlobStore } from './folder-blob-store'

const DAY = 86_400_000
const NOON = Date.parse('2026-11-11T04:00:00Z')
const sealing = evidenceSealingOf(openVault(Buffer.alloc(32, 7)))
const storePiece = async (store: EvidenceStore, bytes: Buffer, keepUntil: number, org = 7): Promise<string> => {
  const answer = await store.put(org, bytes, keepUntil)
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
  const store = (): EvidenceStore => createEvidenceStore(blobs(), sealing, { image: 1_000, video: 1_000, document: 0 })

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
    ['an empty file', Buffer.alloc(0), 'Empty'],
    ['an HTML page', Buffer.from('<html><script>'), 'TypeNotTaken'],
    ['an executable', Buffer.from('MZ\x90\x00'), 'TypeNotTaken'],
    [
      'a picture that is a byte too large',
      Buffer.concat([png('x'), Buffer.alloc(1_001 - png('x').length)]),
      'TooLarge',
    ],
    ['a document if the limit is zero', Buffer.from('%PDF-1.7'), 'TooLarge'],
  ])('is refused if it is %s', async (_what, bytes, problem) => {
    expect(await store().put(7, bytes, NOON)).toEqual({ type: 'refused', problem })
  })

  it('belongs to one organisation', async () => {
    const hash = await storePiece(store(), png('ours'), NOON)
    expect(await store().get(8, hash)).toBeUndefined()
  })

  it.each(['../../../etc/passwd', `..${'/'.repeat(62)}`, 'A'.repeat(64), '', `${'a'.repeat(64)}/..`])(
    'is not found under %j, which is no hash',
    async (hash) => {
      expect([await store().get(7, hash), await store().extendRetention(7, hash, NOON)]).toEqual([undefined, false])
    },
  )

  it('R125: can be read until the end of its last day, and is removed after it', async () => {
    const hash = await storePiece(store(), png('one'), NOON)
    expect([await store().sweep(NOON), (await store().get(7, hash))?.length]).toEqual([0, png('one').length])
    expect([await store().sweep(NOON + DAY), await store().get(7, hash)]).toEqual([1, undefined])
    expect(await store().sweep(NOON + 2 * DAY)).toBe(0)
  })

  it('R125: is kept until the latest of all requested times, in any order', async () => {
    const hash = await storePiece(store(), png('one'), NOON + 9 * DAY)
    await storePiece(store(), png('one'), NOON)
    expect(await store().sweep(NOON + 5 * DAY)).toBe(0)
    expect(await store().extendRetention(7, hash, NOON + 20 * DAY)).toBe(true)
    expect([await store().sweep(NOON + 15 * DAY), await store().get(7, hash)]).toEqual([0, png('one')])
    expect(await store().sweep(NOON + 30 * DAY)).toBe(1)
    expect(await store().extendRetention(7, hash, NOON + 40 * DAY)).toBe(false)
  })

  it('is removed for each of two organisations separately', async () => {
    const hash = await storePiece(store(), png('same'), NOON)
    await storePiece(store(), png('same'), NOON + 9 * DAY, 8)
    expect([await store().sweep(NOON + DAY), await store().get(7, hash), await store().get(8, hash)]).toEqual([
      1,
      undefined,
      png('same'),
    ])
  })

  it('is found while it must be kept, even with several writers and sweepers at once', async () => {
    for (let round = 0; round < 12; round += 1) {
      const hash = await storePiece(store(), png('race'), NOON)
      const at = NOON + (round + 2) * 10 * DAY
      await Promise.all([
        store().sweep(at),
        storePiece(store(), png('race'), at + DAY),
        store().sweep(at),
        storePiece(store(), png('race'), at + DAY),
      ])
      expect(await store().get(7, hash)).toEqual(png('race'))
      await store().sweep(at + 5 * DAY)
      expect(await store().get(7, hash)).toBeUndefined()
    }
  })

  it('is removed to the last page of a long list', async () => {
    for (const n of [1, 2, 3, 4, 5]) await storePiece(store(), png(`piece ${n}`), NOON)
    expect(await store().sweep(NOON + DAY)).toBe(5)
  })
})

describe('evidence stored in a folder', () => {
  const store = (): EvidenceStore => createEvidenceStore(folderBlobStore(folder), sealing)
  const pathOf = (hash: string): string => join(folder, '7', hash.slice(0, 2), hash)

  it('is sealed, and no half-written file is left', async () => {
    const hash = await storePiece(store(), png('the buyer is on it'), NOON)
    expect((await readFile(pathOf(hash))).includes('the buyer')).toBe(false)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('is not returned when its bytes were changed', async () => {
    const hash = await storePiece(store(), png('one'), NOON)
    await writeFile(pathOf(hash), 'changed')
    await expect(store().get(7, hash)).rejects.toThrow('not sealed with this key')
  })

  it('is not returned when it is stored under the name of another piece', async () => {
    const [firstHash, secondHash] = [
      await storePiece(store(), png('one'), NOON),
      await storePiece(store(), png('other'), NOON),
    ]
    await writeFile(pathOf(firstHash), await readFile(pathOf(secondHash)))
    await expect(store().get(7, firstHash)).rejects.toThrow('does not match its hash')
  })

  it('is restored when a retention mark is added while a sweeper removes it', async () => {
    const hash = await storePiece(store(), png('one'), NOON)
    const actualRename = rename
    const interceptedRename = jest
      .spyOn(jest.requireActual<typeof files>('node:fs/promises'), 'rename')
      .mockImplementationOnce(async (from, to) => {
        await actualRename(from, to)
        await writeFile(`${pathOf(hash)}.until-${NOON + 9 * DAY}`, '')
      })
    expect([await store().sweep(NOON + DAY), await store().get(7, hash)]).toEqual([0, png('one')])
    expect(interceptedRename).toHaveBeenCalled()
    interceptedRename.mockRestore()
  })

  it('is restored after a crashed sweeper has moved it away, and removed once its retention is over', async () => {
    const hash = await storePiece(store(), png('one'), NOON + 9 * DAY)
    await writeFile(`${pathOf(hash)}.leaving`, await readFile(pathOf(hash)))
    await rm(pathOf(hash))
    await store().sweep(NOON)
    expect(await store().get(7, hash)).toEqual(png('one'))
    expect(await store().sweep(NOON + 20 * DAY)).toBe(1)
    expect(await readdir(join(folder, '7', hash.slice(0, 2)))).toEqual([])
  })
})

it('a refusal of the bucket is reported with its status only', async () => {
  const storeWithWrongKey = createEvidenceStore(bucketBlobStore({ ...bucket.settings, secretKey: 'wrong' }), sealing)
  await expect(storeWithWrongKey.put(7, png('one'), NOON)).rejects.toThrow(/^the bucket answered 403$/)
})
