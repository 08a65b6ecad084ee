import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import { countRows } from '../postgres/count-rows'
import { caseNumberOf } from '../support/case-numbers'
import type { Push, Stack } from '../support/stack'
import { openStack, refundPush } from '../support/stack'
import { type TestGateway, startGateway } from './gateway'

let fresh: FreshDatabase
let stack: Stack
let gateway: TestGateway

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  gateway = await startGateway(stack)
})
afterAll(async () => {
  await gateway.close()
  await stack.close()
  await fresh.drop()
})

/** Text with a meaning in SQL, a shell, a log, a template or HTML. */
const PAYLOADS = [
  `'`,
  `''`,
  `\\'`,
  `"`,
  `;`,
  `--`,
  `/*`,
  `*/`,
  `' OR '1'='1`,
  `'; DROP TABLE event; --`,
  `1); DELETE FROM message; --`,
  `$1`,
  `$$`,
  `$$; SELECT pg_sleep(10); $$`,
  `E'\\''`,
  `U&'\\0027'`,
  `%27`,
  `\\x27`,
  `{"$gt":""}`,
  `[]`,
  `{}`,
  `'::uuid`,
  `||(SELECT 1)||`,
  `'||pg_sleep(10)||'`,
  `{1,2}`,
  `{"a","b"}`,
  `(1,2)`,
  `NULL`,
  `null`,
  `\\N`,
  `\\.`,
  `\t`,
  `\r\nSet-Cookie: a=b`,
  `\u001b[31m`,
  `<script>alert(1)</script>`,
  `{{7*7}}`,
  '${7*7}',
  `../../etc/passwd`,
  `=cmd|'/C calc'!A0`,
  `%s%n%x`,
  `__proto__`,
  `constructor`,
  `\u202e`,
  `＇`,
  `ʼ`,
  `\ud83d\ude00`,
  'x'.repeat(100_000),
]

const FIELDS = [
  'aftersale_id',
  'aftersale_status',
  'aftersale_type',
  'p_id',
  's_id',
  'shop_id',
  'reason_code',
  'refund_amount',
  'apply_time',
  'update_time',
]

const withField = (push: Push, field: string, value: string): Push => ({
  ...push,
  data: push.data.replace(new RegExp(`"${field}":("[^"]*"|\\d+)`), () => `"${field}":${JSON.stringify(value)}`),
})

describe('text with a meaning in SQL (attack S5)', () => {
  it.each(FIELDS)(
    'is processed or quarantined as text in %s of a delivery, without a database error',
    async (field) => {
      const base = 1_000 * (1 + FIELDS.indexOf(field))
      const tables = await tablesOf()
      const messages = await countRows(stack.database, 'message')
      const pushes = PAYLOADS.map((value, i) =>
        withField(refundPush({ caseNumber: caseNumberOf(base + i), at: stack.now }), field, value),
      )
      const neighbour = caseNumberOf(base + 999)
      expect(
        await gateway.post(JSON.stringify([...pushes, refundPush({ caseNumber: neighbour, at: stack.now })])),
      ).toMatchObject({ status: 200 })
      await stack.receiveAll()
      expect((await stack.caseOf(neighbour))?.status?.raw).toBe('6')
      expect(await countRows(stack.database, 'message')).toBe(messages + PAYLOADS.length + 1)
      expect(await countRows(stack.database, 'pending')).toBe(0)
      expect(await tablesOf()).toBe(tables)
      // No batch failed in the database: refusals came from our own validation.
      expect(stack.troubles).toEqual([])
    },
  )

  it.each(['tag', 'msg_id'] as const)('is stored as text when it is the %s of a message', async (field) => {
    const messages = await countRows(stack.database, 'message')
    const pushes = PAYLOADS.map((value, i) => ({
      ...refundPush({ caseNumber: caseNumberOf(70_000 + i), at: stack.now, id: `${field}-${i}` }),
      [field]: value,
    }))
    expect(await gateway.post(JSON.stringify(pushes))).toMatchObject({ status: 200 })
    await stack.receiveAll()
    expect(await countRows(stack.database, 'message')).toBe(messages + PAYLOADS.length)
    expect(stack.troubles).toEqual([])
  })

  it.each(PAYLOADS.filter((value) => !/[\r\n]/.test(value) && value.length < 1_000))(
    'is refused like an unknown app in the URL: %s',
    async (value) => {
      const name = encodeURIComponent(value)
      // The signature is for another app; most of these names are not valid as a header.
      expect((await gateway.post('[]', { path: `/push/douyin/${name}` })).status).toBe(401)
      expect((await gateway.post('[]', { path: `/push/${name}/1` })).status).toBe(404)
    },
  )
})

const tablesOf = async (): Promise<string> =>
  JSON.stringify(
    await stack.database.query(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    ),
  )
