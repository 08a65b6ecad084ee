import { SweepEvidenceHandler } from '#case-handling'
import { defaultStoreTerms } from '#after-sale'
import { POSITION, exif, jpeg, png, pngChunk } from '../../../../test/support/pictures'
import { headersOf } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const DAY = 24 * HOUR
const picture = (width: number, height: number, pixels = '张三的运单'): Buffer => png(pixels, width, height)

describe('the evidence API', () => {
  let stack: Stack
  let id: string
  beforeAll(async () => {
    stack = await openStack()
    id = await stack.recordReport(stack.ours.stores[0], 'E1', waiting(NOON + HOUR, 5_000), { appliedAt: NOON - DAY })
  })
  afterAll(() => stack.close())

  const add = (bytes: Buffer, { of = id, type = 'image/png', query = '', to = 'evidence' } = {}) =>
    stack.operator.post(`/api/cases/${of}/${to}${query}`, bytes, { headers: { 'content-type': type } })
  const post = (url: string, payload: object) => stack.operator.post(url, payload)
  const all = async (of = id) => (await stack.get(`/api/cases/${of}/evidence`)).body.items as Record<string, unknown>[]

  it('R064: adds a piece as it is, identified by its hash, and keeps it until it can no longer be asked for', async () => {
    const bytes = picture(1200, 900)
    const { status, body } = await add(bytes, { query: '?shows=goods-picture&capturedAt=2026-11-22T03:00:00Z' })
    expect([status, body]).toEqual([
      201,
      {
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        kind: 'image',
        type: 'image/png',
        bytes: bytes.length,
        width: 1200,
        height: 900,
        shows: 'goods-picture',
        capturedAt: '2026-11-22T03:00:00.000Z',
        addedBy: 'lin',
        addedAt: new Date(NOON).toISOString(),
        // The case's own deadline, half a year in which an appeal may ask for it, and a month.
        keptUntil: new Date(NOON + HOUR + 210 * DAY).toISOString(),
        judgedInvalid: false,
        judgedLate: false,
        flaws: [],
      },
    ])
    const again = await add(bytes)
    expect(again.body).toEqual(body)
    expect(await all()).toEqual([body])
  })

  it('sends a piece as a download, byte for byte', async () => {
    const bytes = picture(1200, 900)
    const [{ hash }] = (await all()) as [{ hash: string }]
    const answer = await stack.app.inject({
      method: 'GET',
      url: `/api/cases/${id}/evidence/${hash}`,
      headers: { host: 'localhost' },
    })
    expect(answer.rawPayload.equals(bytes)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="${hash.slice(0, 16)}.png"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  it.each([
    ['a JPEG', 'image/jpeg', jpeg([exif(6)])],
    ['a PNG', 'image/png', png('pixels', 900, 900, [pngChunk('tEXt', Buffer.from(`GPS\0${POSITION}`))])],
  ])('removes from %s the place at which it was taken (fault C5)', async (_, type, bytes) => {
    const { status, body } = await add(bytes, { type })
    const url = `/api/cases/${id}/evidence/${String(body.hash)}`
    const answer = await stack.app.inject({ method: 'GET', url, headers: { host: 'localhost' } })
    expect([status, bytes.includes(POSITION), answer.rawPayload.includes(POSITION)]).toEqual([201, true, false])
    expect(answer.rawPayload).toHaveLength(Number(body.bytes))
  })

  it('R143: checks a piece for flaws', async () => {
    const { body } = await add(picture(200, 100), { query: '?shows=unboxing-video' })
    expect((body.flaws as { flaw: string }[]).map(({ flaw }) => flaw)).toEqual([
      'CannotShowThat',
      'TooSmallToRead',
      'WhenMadeUnknown',
    ])
  })

  it.each<[string, Buffer, object, number]>([
    ['an HTML page that is stated to be a picture', Buffer.from('<html><script>alert(1)</script>'), {}, 415],
    ['an unsupported type', Buffer.from('GIF89a'), { type: 'image/gif' }, 415],
    ['an empty file', Buffer.alloc(0), {}, 400],
    ['a picture that is cut off', picture(900, 900).subarray(0, -1), {}, 422],
    ['an unknown subject', picture(900, 900, 'x'), { query: '?shows=magic' }, 400],
    ['a picture sent to an operation that takes JSON', picture(900, 900, 'x'), { to: 'actions' }, 415],
  ])('%s is refused', async (_, bytes, more, status) => {
    expect((await add(bytes, more)).status).toBe(status)
  })

  it('takes a piece that is larger than any other body may be, and refuses one over its own limit', async () => {
    expect((await add(picture(900, 900, 'x'.repeat(2_000_000)))).status).toBe(201)
    expect((await add(picture(900, 900, 'x'.repeat(21_000_000)))).status).toBe(413)
  })

  it('answers for a case of another organisation as for one that does not exist', async () => {
    const theirs = await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON, 100))
    const [{ hash }] = (await all()) as [{ hash: string }]
    expect((await add(picture(900, 900), { of: theirs })).status).toBe(404)
    for (const url of [`/api/cases/${theirs}/evidence`, `/api/cases/${theirs}/evidence/${hash}`])
      expect((await stack.get(url)).status).toBe(404)
    expect((await post(`/api/cases/${theirs}/evidence/${hash}/judged`, { invalid: true, late: false })).status).toBe(
      404,
    )
    expect(await stack.database.query('SELECT 1 FROM evidence_piece WHERE org <> $1', [stack.ours.org])).toEqual([])
  })

  it('R065: refuses an appeal once the platform has judged its evidence invalid', async () => {
    const ruled = await stack.recordReport(stack.ours.stores[0], 'E2', {
      ...waiting(NOON + HOUR, 5_000),
      dispute: { stage: 'ruled-for-buyer' },
    })
    const { hash } = (
      await add(picture(900, 900), { of: ruled, query: '?shows=goods-picture&capturedAt=2026-11-22T03:00:00Z' })
    ).body as { hash: string }
    const { revision } = (await stack.get(`/api/cases/${ruled}`)).body
    const appealing = async () => {
      const wish = {
        action: { name: 'appeal', items: [{ kind: 'liability', text: '说明' }], evidence: [{ hash, kind: 'image' }] },
        judged: revision,
      }
      const headers = {
        host: 'localhost',
        ...headersOf(),
        'idempotency-key': '00000000-0000-4000-8000-000000000001',
      }
      return (
        await stack.app.inject({ method: 'POST', url: `/api/cases/${ruled}/actions`, payload: wish, headers })
      ).json<Record<string, unknown>>()
    }
    const judged = (invalid: boolean) => post(`/api/cases/${ruled}/evidence/${hash}/judged`, { invalid, late: false })
    expect(await judged(true)).toMatchObject({
      status: 200,
      body: { judgedInvalid: true, flaws: [{ flaw: 'JudgedInvalid', rule: 'R065' }] },
    })
    expect(await appealing()).toMatchObject({ reason: 'AppealBoundToFail', rule: 'R065' })
    await judged(false)
    expect(await appealing()).toMatchObject({ outcome: 'decided' })
  })

  it('deletes a piece when its retention is over, and not while its case is open', async () => {
    const sweep = () =>
      new SweepEvidenceHandler(
        stack.database,
        stack.evidence,
        () => Promise.resolve(() => defaultStoreTerms),
        () => stack.now,
      ).execute()
    const open = await stack.recordReport(stack.ours.stores[0], 'O', waiting(NOON + HOUR, 1))
    const over = await stack.recordReport(stack.ours.stores[0], 'F', {
      ...waiting(NOON, 1),
      status: { status: 'closed', raw: 'C' },
    })
    await add(picture(900, 900, 'open'), { of: open })
    await add(picture(900, 900, 'over'), { of: over })
    stack.now = NOON + 209 * DAY
    expect(await sweep()).toBe(0)
    stack.now = NOON + 212 * DAY
    expect(await sweep()).toBe(1)
    expect([(await all(open)).length, (await all(over)).length]).toEqual([1, 0])
    const [{ hash, keptUntil }] = (await all(open)) as [{ hash: string; keptUntil: string }]
    expect(Date.parse(keptUntil)).toBeGreaterThan(stack.now + 200 * DAY)
    expect((await stack.get(`/api/cases/${open}/evidence/${hash}`)).status).toBe(200)
  })
})
