/**
 * An example of an adapter: a process of its own between one marketplace and the topics `actions` and `reports`. It uses
 * the schema files, a Kafka client and its marketplace's API, and nothing else of this repository; it could be written in
 * any language. It carries out each refund at most once, however often the message is repeated and wherever it is killed.
 */
import { Kafka, logLevel } from 'kafkajs'
import { openBook } from './effect-journal.mjs'
import { orderIn, recordOf } from './contract.mjs'

const {
  KAFKA_BROKERS,
  KAFKA_PREFIX,
  ADAPTER_NAME: name,
  ADAPTER_SECRET: secret,
  SHOP: shop,
  MARKETPLACE_URL,
  BOOK,
} = process.env
const CALL_MS = 10_000
const PULL_EVERY_MS = 200
const CAUGHT_UP_EVERY_MS = 1_000
/** Before the oldest case: after a start everything is reported again, and the gateway recognises the repetitions. */
const BEGINNING = Date.UTC(2020, 0, 1)

const kafka = new Kafka({ clientId: name, brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
const consumer = kafka.consumer({
  groupId: `${KAFKA_PREFIX}${name}`,
  sessionTimeout: 6_000,
  heartbeatInterval: 1_500,
  maxWaitTimeInMs: 100,
})
const book = openBook(BOOK)

const report = (type, id, key, data) =>
  producer.send({
    topic: `${KAFKA_PREFIX}reports`,
    acks: -1,
    messages: [recordOf({ name, secret, id, type, key, data: { shop, ...data } })],
  })

// The marketplace's API. It does not know effects: every call is another refund.

async function ask(path, method = 'GET') {
  const answer = await fetch(`${MARKETPLACE_URL}${path}`, { method, signal: AbortSignal.timeout(CALL_MS) })
  return { status: answer.status, body: await answer.json() }
}

const STATUSES = { asked: 'awaiting-merchant-decision', paying: 'refunding', paid: 'succeeded' }
const STAGES = { asked: 'asked', paying: 'refunding', paid: 'refunded' }

/** Translates a case of the marketplace into the published schema. An unknown state is passed on as it is; the gateway quarantines it. */
function observationOf({ number, order, state, fen, appliedAt, changedAt, shownAt, due }) {
  return {
    caseNumber: number,
    orderNumber: order,
    revision: changedAt,
    observedAt: shownAt,
    appliedAt,
    status: { status: STATUSES[state] ?? state, raw: state, ...(state === 'paid' ? { outcome: 'refunded' } : {}) },
    kind: { kind: 'refund-only', variant: 'shipped' },
    amounts: { total: fen, legs: { GOODS: fen } },
    deadline: { due: state === 'asked' ? due : null, forRaw: state },
    money: { stage: STAGES[state] ?? 'none', payer: 'merchant' },
    order: { orderNumber: order, lines: [{ lineId: `${order}-1`, title: '杯子', quantity: 1, paid: fen }] },
  }
}

const observe = (found) =>
  report(
    'case-observed.v1',
    `${shop}/${found.number}/${found.changedAt}/${found.shownAt}`,
    `${shop}/${found.number}`,
    observationOf(found),
  )

// Actions that the gateway requests.

async function act({ effect, token, case: key, caseNumber, expires, judged, action }) {
  const answer = (result) =>
    report('act-answered.v1', `${effect}/${token}/${result.outcome}`, key, { effect, token, ...result })
  const known = book.of(effect)
  // An older claim: it was lost to a newer one, which is answered instead.
  if (token < known.token) return
  book.heard(effect, token)
  if (known.state === 'ended') return answer(known.answer)
  // Killed between the call and its result: never called again; the state of the case is reported instead.
  if (known.state === 'begun') return answer(await outcomeByReading(caseNumber))
  if (Date.now() > expires) return answer({ outcome: 'refused', code: 'expired' })
  if (action.name !== 'approve-refund')
    return answer({ outcome: 'refused', code: 'not-offered', words: `${action.name} cannot be done here` })
  const { body: now } = await ask(`/cases/${caseNumber}`)
  if (now.changedAt > judged) return answer({ outcome: 'stale', code: now.state })
  book.begin(effect, token)
  const result = await refund(caseNumber)
  if (result.outcome === 'try-later') book.free(effect)
  else book.end(effect, result)
  return answer(result)
}

async function refund(caseNumber) {
  try {
    const { status, body } = await ask(`/cases/${caseNumber}/refund`, 'POST')
    if (status === 200) return { outcome: 'done' }
    // Throttled: certainly nothing was done.
    if (status === 429) return { outcome: 'try-later', afterMs: body.afterMs }
    return status === 409
      ? { outcome: 'refused', code: body.code }
      : { outcome: 'in-doubt', words: `answered ${status}` }
  } catch {
    return { outcome: 'in-doubt', words: 'no answer' }
  }
}

async function outcomeByReading(caseNumber) {
  const { body } = await ask(`/cases/${caseNumber}`)
  return body.state === 'asked' ? { outcome: 'in-doubt', words: 'killed on the way' } : { outcome: 'done' }
}

async function show({ caseNumber }) {
  const { status, body } = await ask(`/cases/${caseNumber}`)
  if (status === 200) await observe(body)
}

// Consumes actions, and polls the marketplace for changes.

await producer.connect()
await consumer.connect()
await consumer.subscribe({ topic: `${KAFKA_PREFIX}actions`, fromBeginning: true })
await consumer.run({
  // The offset is committed after the answer: a message that was in progress at a kill is delivered again.
  eachMessage: async ({ message }) => {
    const order = orderIn(message, { name, secret })
    if (order?.data.shop === shop) await (order.type === 'act.v1' ? act(order.data) : show(order.data))
  },
})

let stopping = false
process.once('SIGTERM', () => (stopping = true))
process.stdout.write('adapter: at work\n')

for (
  let [pulledUntil, reportedAt, cases] = [BEGINNING, 0, 0];
  !stopping;
  await new Promise((resolve) => setTimeout(resolve, PULL_EVERY_MS))
) {
  const found = await ask(`/cases?since=${pulledUntil}`).catch(() => undefined)
  if (found?.status !== 200) continue
  const { cases: changed, now: until } = found.body
  for (const one of changed) await observe(one)
  cases += changed.length
  // The next pull includes this instant again: more may still change in it.
  pulledUntil = until
  if (until - reportedAt < CAUGHT_UP_EVERY_MS) continue
  // The window always starts at the beginning, so that reports join whatever the order in which they are read.
  await report('caught-up.v1', `${shop}/caught-up/${until}`, shop, { from: BEGINNING, until, cases })
  ;[reportedAt, cases] = [until, 0]
}
await consumer.disconnect()
await producer.disconnect()
book.close()
