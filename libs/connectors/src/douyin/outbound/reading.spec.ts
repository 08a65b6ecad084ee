import type { StoreSession } from '../../contract'
import { slidingWindowLimiter } from '../../contract'
import { outbound } from '.'
import type { RecordedRequest, RateLimiterLog } from '../samples/gateway'
import { callContext, NOW, MovableList, WINDOW_START_SECONDS, WINDOW, withGateway } from '../samples/gateway'
import { APP_CREDENTIALS, listOf, rowOf } from '../samples/messages'
import { signatureOf } from '../sign'

const pull = (session: StoreSession) => outbound.pull(WINDOW, session, callContext())

describe('reading Douyin’s list', () => {
  it('asks from page 0, oldest change first, signed, without the token in the signature', async () => {
    const limiterLog: RateLimiterLog = { admitted: [], held: [] }
    await withGateway(
      () => listOf([]),
      async (session, requests) => {
        const read = await outbound.pull(WINDOW, session, callContext(limiterLog))
        expect(read).toEqual({ type: 'ok', value: { messages: [], pages: 1, claimed: 0, seen: 0, cases: [] } })
        expect(requests).toHaveLength(1)
        const [{ path, query, body, headers }] = requests as [RecordedRequest]
        expect([path, body]).toEqual([
          '/afterSale/List',
          `{"order_by":["update_time asc"],"page":0,"size":100,"update_end_time":${NOW / 1000},"update_start_time":${WINDOW_START_SECONDS}}`,
        ])
        const call = {
          appKey: APP_CREDENTIALS.appKey,
          method: 'afterSale.List',
          paramJson: body,
          timestamp: String(NOW / 1000),
        }
        expect(Object.fromEntries(query)).toEqual({
          app_key: APP_CREDENTIALS.appKey,
          access_token: 'token-now',
          method: 'afterSale.List',
          timestamp: String(NOW / 1000),
          v: '2',
          sign: signatureOf(call, APP_CREDENTIALS.appSecret, 'hmac-sha256'),
          sign_method: 'hmac-sha256',
        })
        expect(headers['content-type']).toMatch('application/json')
        expect(limiterLog.admitted).toEqual([`douyin:list:app:${APP_CREDENTIALS.appKey}`])
      },
    )
  })

  it('keeps each row as its own message with its own text', async () => {
    const rows = [rowOf({ aftersale_id: '7000000000000001' }), `${rowOf({ aftersale_id: '7000000000000002' })} `]
    await withGateway(
      () => listOf(rows),
      async (session) => {
        const read = await pull(session)
        expect(read).toMatchObject({ type: 'ok', value: { pages: 1, claimed: 2, seen: 2 } })
        if (read.type !== 'ok') return
        expect(read.value.messages.map(({ raw }) => raw)).toEqual(rows.map((row) => row.trim()))
        expect(read.value.messages[0]?.key).toMatch(/^7000000000000001:[0-9a-f]{64}$/)
        const again = await pull(session)
        expect(again).toEqual(read)
      },
    )
  })

  it('reaches the last of many rows', async () => {
    const list = MovableList.of(1234, (i) => WINDOW_START_SECONDS + i)
    await withGateway(
      (requests) => list.answer(requests),
      async (session) =>
        expect(await pull(session)).toMatchObject({ type: 'ok', value: { claimed: 1234, seen: 1234 } }),
    )
  })

  it('misses no row while rows move to the end or out of the window', async () => {
    const list = MovableList.of(1000, (i) => WINDOW_START_SECONDS + 2 * i)
    const ids = [...list.seconds.keys()]
    await withGateway(
      (requests, number) => {
        // Before every answer some cases change, some already read, some not.
        for (let i = 0; i < 7; i++)
          list.seconds.set(
            ids[(number * 61 + i * 131) % ids.length] ?? '',
            i % 2 === 0 ? NOW / 1000 - 1 : NOW / 1000 + 60,
          )
        return list.answer(requests)
      },
      async (session) => {
        const read = await pull(session)
        if (read.type !== 'ok') throw new Error(read.type)
        const seen = new Set(read.value.cases.map(({ caseNumber }) => caseNumber))
        const still = [...list.seconds].filter(([, second]) => second < NOW / 1000).map(([id]) => id)
        expect(still.filter((id) => !seen.has(id))).toEqual([])
        expect(read.value.seen).toBe(read.value.claimed)
      },
    )
  })

  it('reads a second that fills more than a page, also while its rows move', async () => {
    const list = MovableList.of(450, (i) => WINDOW_START_SECONDS + (i < 20 ? 0 : i < 430 ? 600 : 1200))
    const ids = [...list.seconds.keys()]
    await withGateway(
      (requests, number) => {
        if (number % 2 === 0 && number < 9) list.seconds.set(ids[30 + number] ?? '', NOW / 1000 - number)
        return list.answer(requests)
      },
      async (session) => {
        const read = await pull(session)
        expect(read).toMatchObject({ type: 'ok', value: { seen: 450, claimed: 450 } })
      },
    )
  })

  it('reads on by pages where the rows are not sorted as asked for', async () => {
    const rows = Array.from({ length: 250 }, (_, i) =>
      rowOf({ aftersale_id: String(7_000_000_000_000_000n + BigInt(i)), update_time: NOW / 1000 - i }),
    )
    await withGateway(
      ({ param }) => {
        const page = param['page'] as number
        return listOf(rows.slice(page * 100, page * 100 + 100), 250, page < 2)
      },
      async (session) =>
        expect(await pull(session)).toMatchObject({ type: 'ok', value: { seen: 250, claimed: 250, pages: 6 } }),
    )
  })

  it('keeps a row that it cannot read, for quarantine', async () => {
    await withGateway(
      () => listOf(['{"aftersale_info":{"aftersale_id":""}}', rowOf()]),
      async (session) => {
        const read = await pull(session)
        expect(read).toMatchObject({
          type: 'ok',
          value: {
            claimed: 2,
            seen: 1,
            contradiction: '1 row names no case',
            cases: [{ caseNumber: '7012345678901234567' }],
          },
        })
        if (read.type === 'ok')
          expect(read.value.messages.map(({ key }) => key.split(':')[0])).toEqual(['unread', '7012345678901234567'])
      },
    )
  })

  it('treats a truncated answer as no answer', async () => {
    expect((await withGateway(() => '{"code":10000,"data":{"items":[{}', pull)).type).toBe('unknown')
  })

  it('holds all calls for a while when the rate limit was hit', async () => {
    const limiterLog: RateLimiterLog = { admitted: [], held: [] }
    await withGateway(
      () => '{"code":60000,"msg":"too often"}',
      async (session) => expect((await outbound.pull(WINDOW, session, callContext(limiterLog))).type).toBe('try-later'),
    )
    expect(limiterLog.held).toEqual([`douyin:list:app:${APP_CREDENTIALS.appKey}`])
  })

  it('stops in the middle of an answer', async () => {
    const stop = new AbortController()
    const read = await withGateway(
      () => {
        stop.abort()
        return new Promise<string>(() => undefined)
      },
      (session) => outbound.pull(WINDOW, session, callContext(undefined, stop.signal)),
    )
    expect(read).toEqual({ type: 'unknown', why: 'stopped during the call' })
  })

  it('stops while it waits for its turn', async () => {
    const stop = new AbortController()
    const rateLimiter = slidingWindowLimiter()
    rateLimiter.hold([{ key: `douyin:list:app:${APP_CREDENTIALS.appKey}`, calls: 1, windowMs: 1 }], 60_000)
    const reading = withGateway(
      () => listOf([]),
      (session) => outbound.pull(WINDOW, session, { now: () => NOW, signal: stop.signal, rateLimiter }),
    )
    stop.abort(new Error('stopped'))
    expect(await reading).toEqual({ type: 'unknown', why: 'stopped before the call', unsent: true })
  })
})

describe('new tokens of Douyin', () => {
  it('are asked for without the old one and last as long as it says', async () => {
    await withGateway(
      () => '{"code":10000,"data":{"access_token":"a2","refresh_token":"r2","expires_in":604800}}',
      async (session, requests) => {
        const value = { accessToken: 'a2', refreshToken: 'r2', expiresAt: NOW + 604_800_000 }
        expect(await outbound.refresh(session, callContext())).toEqual({ type: 'ok', value })
        expect(requests[0]?.path).toBe('/token/refresh')
        expect(requests[0]?.param).toEqual({ grant_type: 'refresh_token', refresh_token: 'token-next' })
        expect(requests[0]?.query.has('access_token')).toBe(false)
      },
    )
  })

  it.each([
    ['{"code":50001,"msg":"x","sub_code":"dop.token-generate-failed:1"}', 'reauthorise'],
    ['{"code":40003,"msg":"x","sub_code":"isv.access-token-expired"}', 'reauthorise'],
    ['{"code":60000,"msg":"x"}', 'try-later'],
    ['{"code":10000,"data":{}}', 'unknown'],
  ])('are not there: %s', async (text, type) => {
    expect(
      (
        await withGateway(
          () => text,
          (session) => outbound.refresh(session, callContext()),
        )
      ).type,
    ).toBe(type)
  })
})
