/**
 * An example of an adapter outside: a process of its own between one marketplace and the topics `actions` and `reports`. It
 * knows the schema files, a Kafka client and its marketplace, and nothing else of this repository; it could be written in
 * any language. It carries out refunds, each effect at most once, however often it is asked and wherever it is killed.
 */
import { Kafka, logLevel } from 'kafkajs'
import { openBook } from './book.mjs'
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
const LOOK_EVERY_MS = 200
const SAY_SO_EVERY_MS = 1_000
/** Before the oldest case that there is: after a start everything is reported again, and recognised as a repetition. */
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

// What the marketplace knows, and what it is asked to do. It has no idea of effects: each call is a refund of its own.

async function ask(path, method = 'GET') {
  const answer = await fetch(`${MARKETPLACE_URL}${path}`, { method, signal: AbortSignal.timeout(CALL_MS) })
  return { status: answer.status, body: await answer.json() }
}

const STATUSES = { asked: 'awaiting-merchant-decision', paying: 'refunding', paid: 'succeeded' }
const STAGES = { asked: 'asked', paying: 'refunding', paid: 'refunded' }

/** The marketplace's case in the words of the published language. A status that is new to us goes as it is, and is put aside there. */
function observationOf({ number, order, state, fen, asked, changed, told, due }) {
  return {
    caseNumber: number,
    orderNumber: order,
    revision: changed,
    observedAt: told,
    appliedAt: asked,
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
    `${shop}/${found.number}/${found.changed}/${found.told}`,
    `${shop}/${found.number}`,
    observationOf(found),
  )

// What we are asked to do.

async function act({ effect, token, case: key, caseNumber, expires, judged, action }) {
  const answer = (said) =>
    report('act-answered.v1', `${effect}/${token}/${said.outcome}`, key, { effect, token, ...said })
  const known = book.of(effect)
  // An older claim: its holder has lost it, and the newer one is answered.
  if (token < known.token) return
  book.heard(effect, token)
  if (known.state === 'ended') return answer(known.answer)
  // Begun, and killed before it was known how it ended: never begun again. What can be seen is said.
  if (known.state === 'begun') return answer(await whatIsSeen(caseNumber))
  if (Date.now() > expires) return answer({ outcome: 'refused', code: 'expired' })
  if (action.name !== 'approve-refund')
    return answer({ outcome: 'refused', code: 'not-offered', words: `${action.name} cannot be done here` })
  const { body: now } = await ask(`/cases/${caseNumber}`)
  if (now.changed > judged) return answer({ outcome: 'stale', code: now.state })
  book.begin(effect, token)
  const said = await refund(caseNumber)
  if (said.outcome === 'try-later') book.free(effect)
  else book.end(effect, said)
  return answer(said)
}

async function refund(caseNumber) {
  try {
    const { status, body } = await ask(`/cases/${caseNumber}/refund`, 'POST')
    if (status === 200) return { outcome: 'done' }
    // Its own words for "not now": certainly nothing was done.
    if (status === 429) return { outcome: 'try-later', afterMs: body.afterMs }
    return status === 409
      ? { outcome: 'refused', code: body.code }
      : { outcome: 'in-doubt', words: `answered ${status}` }
  } catch {
    return { outcome: 'in-doubt', words: 'no answer' }
  }
}

async function whatIsSeen(caseNumber) {
  const { body } = await ask(`/cases/${caseNumber}`)
  return body.state === 'asked' ? { outcome: 'in-doubt', words: 'killed on the way' } : { outcome: 'done' }
}

async function show({ caseNumber }) {
  const { status, body } = await ask(`/cases/${caseNumber}`)
  if (status === 200) await observe(body)
}

// The day's work.

await producer.connect()
await consumer.connect()
await consumer.subscribe({ topic: `${KAFKA_PREFIX}actions`, fromBeginning: true })
await consumer.run({
  // A message counts as read when it is answered: what was under way when we were killed comes again.
  eachMessage: async ({ message }) => {
    const order = orderIn(message, { name, secret })
    if (order?.data.shop === shop) await (order.type === 'act.v1' ? act(order.data) : show(order.data))
  },
})

let stopping = false
process.once('SIGTERM', () => (stopping = true))
process.stdout.write('adapter: at work\n')

for (
  let [seen, said, told] = [BEGINNING, 0, 0];
  !stopping;
  await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
) {
  const found = await ask(`/cases?since=${seen}`).catch(() => undefined)
  if (found?.status !== 200) continue
  const { cases, now: until } = found.body
  for (const one of cases) await observe(one)
  told += cases.length
  // From that very instant again: something more may have changed in it.
  seen = until
  if (until - said < SAY_SO_EVERY_MS) continue
  // All that this run has looked at, from its beginning: so it joins, in whatever order it is read.
  await report('caught-up.v1', `${shop}/caught-up/${until}`, shop, { from: BEGINNING, until, cases: told })
  ;[said, told] = [until, 0]
}
await consumer.disconnect()
await producer.disconnect()
book.close()
