import { hash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { INestApplication } from '@nestjs/common'
import { evidenceSealingOf, linkSigningOf, openVault } from '#access'
import { bucketBlobStore, createEvidenceStore, folderBlobStore, hostEvidenceAtGateway } from '#case-handling'
import type { EvidenceStore, KeptEvidence } from '#case-handling'
import { upsertPiece } from '#ledgers'
import { runtimeOn } from '#runtime'
import { emptyTables, useTestDatabase } from '../../../test/postgres/test-database'
import { startTestBucket } from '../../../test/support/test-bucket'
import { POSITION, box, exif, jpeg, mp4, png } from '../../../test/support/pictures'
import { serveGateway } from './serve'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const HOUR = 3_600_000
const vault = openVault(Buffer.alloc(32, 7))
const signing = linkSigningOf(vault)
const video = mp4(box('moov', box('mvhd', Buffer.alloc(40))), box('mdat', Buffer.alloc(40, 1)))

const db = useTestDatabase()
let folder: string
let bucket: Awaited<ReturnType<typeof startTestBucket>>
let gateway: INestApplication
let url: string
let now: number
let evidence: EvidenceStore

const openGateway = async (linked = true): Promise<void> => {
  const runtime = runtimeOn({ app: 'gateway', database: db.database, vault, clock: () => now })
  const options = { lineUp: [], links: linked ? { evidence, signing } : undefined }
  gateway = await serveGateway(runtime, options, { host: '127.0.0.1', port: 0 })
  gateway.useLogger(false)
  url = (await gateway.getUrl()).replace('[::1]', '127.0.0.1')
}
beforeEach(async () => {
  now = NOON
  folder = await mkdtemp(join(tmpdir(), 'evidence-'))
  bucket = await startTestBucket()
  evidence = createEvidenceStore(folderBlobStore(folder), evidenceSealingOf(vault))
  await emptyTables(db)
})
afterEach(async () => {
  await gateway.close()
  await bucket.close()
  await rm(folder, { recursive: true, force: true })
})

/** Stores a piece and lists it in a case, as a person would. */
async function addPieceToCase(bytes: Buffer, org = 7): Promise<string> {
  const kept = await evidence.put(org, bytes, NOON + 10 * 24 * HOUR)
  if (kept.type === 'refused') throw new Error(kept.problem)
  await listInCase(org, kept.piece)
  return kept.piece.hash
}
/** Lists a stored piece in a case. */
async function listInCase(org: number, { hash, type, kind, bytes: size }: KeptEvidence): Promise<void> {
  const piece = {
    stream: '00000000-0000-8000-a000-000000000001',
    hash,
    org,
    store: 1,
    type,
    kind,
    bytes: size,
    width: null,
    height: null,
    shows: null,
  }
  await upsertPiece(db.database, {
    ...piece,
    capturedAt: null,
    keepUntil: NOON + 10 * 24 * HOUR,
    addedBy: 'lin',
    addedAt: NOON,
  })
}
async function linkTo(hash: string, org = 7): Promise<string | undefined> {
  const hosting = { database: db.database, signing, clock: () => now, publicUrl: `${url}/`, validMs: HOUR }
  return (await hostEvidenceAtGateway(hosting)(org, [{ hash, kind: 'image' }]))[0]?.url
}
const fetchLink = async (address: string | undefined, method = 'GET') => {
  const answer = await fetch(address ?? 'no address', { method })
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  }
}

describe.each(['a folder', 'a bucket'])('a marketplace with a link to evidence in %s', (where) => {
  beforeEach(async () => {
    if (where === 'a bucket') evidence = createEvidenceStore(bucketBlobStore(bucket.settings), evidenceSealingOf(vault))
    await openGateway()
  })

  it('gets exactly the stored bytes, with a content type that a browser does not reinterpret', async () => {
    const { status, headers, body } = await fetchLink(await linkTo(await addPieceToCase(png('one'))))
    expect([status, body]).toEqual([200, png('one')])
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png('one').length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    })
    const film = await fetchLink(await linkTo(await addPieceToCase(video)))
    expect([film.headers['content-type'], film.body]).toEqual(['video/mp4', video])
  })

  it('gets a picture without its location, even if it was stored before locations were removed (fault C5)', async () => {
    const phone = jpeg([exif(6)])
    const { body } = await fetchLink(await linkTo(await addPieceToCase(phone)))
    expect([phone.includes(POSITION), body.includes(POSITION), body.includes('canary-maker')]).toEqual([
      true,
      false,
      false,
    ])
    const digest = hash('sha256', phone, 'hex')
    const shelf = where === 'a bucket' ? bucketBlobStore(bucket.settings) : folderBlobStore(folder)
    const sealed = evidenceSealingOf(vault).sealEvidence(7, digest, phone)
    await shelf.put(`7/${digest.slice(0, 2)}/${digest}`, sealed, NOON + 10 * 24 * HOUR)
    await listInCase(7, { type: 'image/jpeg', kind: 'image', hash: digest, bytes: phone.length })
    expect((await fetchLink(await linkTo(digest))).body).toEqual(body)
  })

  it('gets type and length without the bytes on HEAD', async () => {
    const { status, headers, body } = await fetchLink(await linkTo(await addPieceToCase(png('one'))), 'HEAD')
    expect([status, headers['content-type'], headers['content-length'], body.length]).toEqual([
      200,
      'image/png',
      String(png('one').length),
      0,
    ])
  })

  it('gets nothing once the link has expired or the piece was deleted', async () => {
    const link = await linkTo(await addPieceToCase(png('one')))
    now = NOON + HOUR - 1
    expect((await fetchLink(link)).status).toBe(200)
    now = NOON + HOUR
    expect((await fetchLink(link)).status).toBe(404)
    now = NOON
    await evidence.sweep(NOON + 20 * 24 * HOUR)
    expect((await fetchLink(link)).status).toBe(404)
  })
})

describe('a caller without a link', () => {
  beforeEach(() => openGateway())

  it('gets the same answer whether the link is wrong or expired or its piece deleted', async () => {
    const right = (await linkTo(await addPieceToCase(png('one')))) ?? ''
    const gone = (await linkTo(await addPieceToCase(png('two')))) ?? ''
    const [shelf = ''] = await readdir(join(folder, '7'))
    expect(shelf).not.toBe('')
    const token = new URL(right).pathname.split('/')[2] ?? ''
    const swapped = token.startsWith('AQAAAAf') ? token.replace('AQAAAAf', 'AQAAAAg') : `B${token.slice(1)}`
    const asked = [
      '',
      'x',
      swapped,
      token.replace('.png', '.jpg'),
      token.replace('.png', ''),
      `${token}%00`,
      `..%2f..%2f${token}`,
      'A'.repeat(84),
      '%E0%A4%A',
      '__proto__',
    ]
    const answers = await Promise.all(asked.map((name) => fetchLink(`${url}/evidence/${name}`)))
    expect(answers.map(({ status }) => status)).toEqual(asked.map((name) => (name === '%E0%A4%A' ? 400 : 404)))
    await rm(join(folder, '7'), { recursive: true })
    const alike = await Promise.all([gone, `${url}/evidence/${swapped}`].map((address) => fetchLink(address)))
    now = NOON + HOUR
    alike.push(await fetchLink(right))
    const problems = alike.map(({ status, body }) => [
      status,
      (JSON.parse(body.toString()) as { detail: string }).detail,
    ])
    expect(problems).toEqual(Array.from({ length: 3 }, () => [404, 'Not found.']))
  })

  it('finds no list and can change nothing', async () => {
    await addPieceToCase(png('one'))
    for (const path of ['/evidence', '/evidence/', '/evidence/7', '/evidence/7/'])
      expect((await fetchLink(url + path)).status).toBe(404)
    const link = await linkTo(await addPieceToCase(png('one')))
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await fetchLink(link, method)).status).toBe(404)
    expect((await fetchLink(link)).status).toBe(200)
  })

  it('gets no link to a piece that no case of the organisation has', async () => {
    const hash = await addPieceToCase(png('one'))
    expect([await linkTo('f'.repeat(64)), await linkTo(hash, 8)]).toEqual([undefined, undefined])
  })
})

describe('a damaged piece', () => {
  beforeEach(() => openGateway())

  it('is not returned: the marketplace gets a 503 without details', async () => {
    const hash = await addPieceToCase(png('one'))
    await writeFile(join(folder, '7', hash.slice(0, 2), hash), 'something else')
    const { status, body } = await fetchLink(await linkTo(hash))
    expect([status, JSON.parse(body.toString())]).toMatchObject([
      503,
      { detail: 'Temporarily unavailable. Retry later.' },
    ])
  })
})

describe('a gateway without evidence storage', () => {
  beforeEach(() => openGateway(false))

  it('answers 404 at every link', async () => {
    expect((await fetchLink(await linkTo(await addPieceToCase(png('one'))))).status).toBe(404)
  })
})
