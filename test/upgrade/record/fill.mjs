/** Three days of a merchant with four stores: strategies, people, evidence, disputes and appeals, over the real protocols. */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { deflateSync, crc32 } from 'node:zlib'

const HOUR = 3_600_000
/** Cases that are requested while the merchant works, a quarter of an hour apart. */
const LATER_CASES = 20
/** More confirmations than any action has warnings, so that the loop ends. */
const MAX_CONFIRMATIONS = 20

export async function fill(house, console_) {
  const { simulator, database } = house
  const post = async (url, body, headers, method = 'POST') => {
    const answer = await console_.ask(method, url, body, headers)
    if (answer.status >= 300)
      console.log(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
    return answer.body
  }
  const settle = () => untilNothingIsPending(simulator, database)
  await settle()

  const stores = (await console_.ask('GET', '/api/stores')).body.items.map(({ store }) => store.id)
  for (const id of stores)
    await post(`/api/stores/${id}/terms`, { document: { returnAddressId: '900' }, after: 0 }, {}, 'PUT')
  await post(`/api/stores/${stores[0]}/advance-refund/open`, {})
  await armStrategies(post, console_, stores, simulator.clock.now())
  await post('/api/strategies/main-account', { account: 'lin' }, {}, 'PUT')
  for (const account of ['wang', 'zhao']) await post('/api/strategies/grants', { account, store: stores[0] })
  await post('/api/strategies/grants/revoke', { account: 'zhao', store: stores[0] })

  for (let n = 0; n < LATER_CASES; n++) {
    simulator.world.apply()
    simulator.clock.advance(HOUR / 4)
    if (n % 6 === 5) await settle()
  }
  openDisputes(simulator)
  await actAsPeople(post, console_, simulator)
  await settle()
  for (let hours = 0; hours < 136; hours += 4) {
    simulator.clock.advance(4 * HOUR)
    await settle()
  }
  await appealWithEvidence(post, console_)
  await pushUnintelligible(house)
  for (let n = 0; n < 8; n++) simulator.world.apply()
  simulator.clock.advance(HOUR / 2)
  await settle()
}

/** Cases that the merchant refuses and the buyer takes to the platform, at both marketplaces; after that, no simulated person acts on them. */
function openDisputes({ world, clock }) {
  for (const { id: shopId } of world.shops)
    for (let n = 0; n < 3; n++) {
      const { number } = world.apply({ shopId, kind: 'refund-only-shipped', quiet: true })
      clock.advance(60_000)
      world.act(number, { what: 'refuse', by: 'merchant', text: '商品无质量问题' })
      clock.advance(60_000)
      world.act(number, { what: 'escalate', by: 'buyer' })
    }
}

/** Waits until for eight rounds no push, message, due reading, due timer or effect is pending: work in progress may add some. */
async function untilNothingIsPending(simulator, database) {
  const COUNT_PENDING = `SELECT (SELECT count(*) FROM pending) + (SELECT count(*) FROM reading WHERE not_before <= $1)
    + (SELECT count(*) FROM effect WHERE state IN ('ready', 'sent')) + (SELECT count(*) FROM timer WHERE due_at <= $1) AS n`
  let quietRounds = 0
  for (let round = 0; round < 1_500 && quietRounds < 8; round++) {
    const [{ n }] = await database.query(COUNT_PENDING, [simulator.clock.now()])
    const backlog = simulator.pinduoduo.messages.backlog + simulator.douyin.pushes.backlog
    quietRounds = Number(n) + backlog === 0 ? quietRounds + 1 : 0
    await pause(40)
  }
}

async function armStrategies(post, console_, stores, now) {
  const drafts = [
    {
      policy: 'returnReasonIsChosen',
      name: '质量问题自动同意退货',
      settings: { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
    },
    {
      policy: 'returnReasonIsChosen',
      name: '全部原因同意退货',
      settings: { reasons: [], codes: [], matchesAllConfirmed: true },
    },
    { policy: 'warehouseAcceptedGoods', name: '仓库验收后退款', settings: { receivedIsEnough: true } },
  ]
  for (const [n, draft] of drafts.entries()) {
    const { id } = await post('/api/strategies', draft)
    if (id === undefined) continue
    if (n === 0) {
      await post(`/api/strategies/${id}/versions/1/arm`, { stores, mode: 'shadow' })
      continue
    }
    const from = new Date(now - 72 * HOUR).toISOString()
    const { id: trial } = await post(`/api/strategies/${id}/versions/1/trials`, {
      stores,
      from,
      to: new Date(now).toISOString(),
    })
    for (let state = 'running'; state === 'running'; await pause(50))
      state = (await console_.ask('GET', `/api/strategies/trials/${trial}`)).body.state
    await post(`/api/strategies/${id}/versions/1/arm`, { stores, mode: 'live', trial, capFen: 80_000 })
    if (n === 1) {
      await post(`/api/strategies/${id}/disarm`, { stores: stores.slice(0, 1) })
      await post(`/api/strategies/${id}/versions`, {
        settings: { reasons: ['quality', 'damaged'], codes: [], matchesAllConfirmed: false },
      })
    }
  }
}

/** One action, with every warning read and confirmed; answers the action's id, or undefined where it was refused. */
async function act(post, console_, id, action, facts = {}) {
  const intent = randomUUID()
  let confirmed = []
  for (let n = 0; n < MAX_CONFIRMATIONS; n++) {
    const { revision } = (await console_.ask('GET', `/api/cases/${id}`)).body
    const { status, body } = await console_.ask(
      'POST',
      `/api/cases/${id}/actions`,
      { action, judged: revision, confirmed, facts },
      { 'idempotency-key': intent },
    )
    if (status < 300) return intent
    if (!Array.isArray(body.warnings) || body.warnings.every((w) => confirmed.includes(nameOf(w)))) {
      console.log(`${action.name}: ${status} ${body.detail ?? body.title}`)
      return undefined
    }
    confirmed = [...new Set([...confirmed, ...body.warnings.map(nameOf)])]
  }
}
const nameOf = (warning) => warning.warning ?? warning

async function actAsPeople(post, console_, simulator) {
  const { items } = (await console_.ask('GET', '/api/queue?limit=50&turn=us')).body
  // One call is cut after its effect, so that one action is in doubt.
  simulator.faults.strikes.set([{ fault: 'timeoutAfterEffect', nth: 2 }])
  const performed = { agree: 0, reject: 0, remark: 0 }
  for (const { caseId: id, kind, marketplace } of items) {
    if (performed.agree < 5 && kind === 'refund-only')
      performed.agree += (await act(post, console_, id, { name: 'approve-refund' }, { groupFormed: true })) ? 1 : 0
    else if (performed.reject < 3)
      performed.reject += (await act(
        post,
        console_,
        id,
        { name: 'reject', reason: '不同意', explanation: '商品无质量问题', evidence: [] },
        { evidenceWanted: false },
      ))
        ? 1
        : 0
    else if (performed.remark < 2)
      performed.remark += (await act(post, console_, id, { name: 'add-remark', text: `已联系买家 ${marketplace}` }))
        ? 1
        : 0
  }
  console.log('people did', JSON.stringify(performed))
}

/** Appeals with evidence against up to four rulings for the buyer, and records the results. */
async function appealWithEvidence(post, console_) {
  const ruled = []
  for (const turn of ['nobody', 'us', 'platform'])
    for (const { caseId: id } of (await console_.ask('GET', `/api/queue?limit=50&turn=${turn}`)).body.items) {
      const { body } = await console_.ask('GET', `/api/cases/${id}`)
      if (JSON.stringify(body.dispute ?? body.stages ?? body).includes('ruled-for-buyer')) ruled.push(id)
    }
  console.log(`${ruled.length} cases were ruled for the buyer`)
  for (const [n, id] of ruled.slice(0, 4).entries()) {
    const png = { 'content-type': 'image/png' }
    const answer = await addPicture(console_, id, picture(n), png)
    const evidence = answer.hash === undefined ? [] : [{ hash: answer.hash, kind: 'image' }]
    const items = [
      { kind: 'liability', text: '平台判责有误' },
      { kind: 'freight', amount: 100, text: '运费' },
    ].slice(0, n === 1 ? 2 : 1)
    const appeal = await act(post, console_, id, { name: 'appeal', items, evidence })
    if (appeal === undefined) continue
    await post(`/api/cases/${id}/actions/${appeal}/attest`, {})
    if (n === 3) {
      // Judged by the platform: a later appeal by this evidence is bound to fail.
      await post(`/api/cases/${id}/evidence/${answer.hash}/judged`, { invalid: true, late: false })
      continue
    }
    const { now } = (await console_.ask('GET', '/api/queue?limit=1')).body
    const results = [
      { kind: 'liability', result: ['won', 'lost', 'partly'][n] ?? 'lost' },
      { kind: 'freight', result: 'won', recoveredFen: 100 },
    ]
    for (const result of results.slice(0, n === 1 ? 2 : 1))
      await post(`/api/cases/${id}/appeals/${appeal}/results`, { ...result, decidedAt: now })
  }
}

async function addPicture(console_, id, bytes, headers) {
  const { status, body } = await console_.ask('POST', `/api/cases/${id}/evidence?shows=chat-record`, bytes, headers)
  if (status >= 300) console.log(`evidence: ${status} ${body.detail}`)
  return body
}

/** A picture of one colour, as small as PNG allows. */
function picture(shade) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  const head = Buffer.from([0, 0, 2, 0, 0, 0, 2, 0, 8, 0, 0, 0, 0])
  const rows = Buffer.alloc(512 * 513, 40 * shade + 40)
  for (let y = 0; y < 512; y++) rows[y * 513] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A status that the marketplace has not documented, and text that is no JSON: both are put in quarantine. */
async function pushUnintelligible({ simulator, gatewayUrl }) {
  const { appKey, appSecret, shops } = simulator.douyin
  const messages = ['{"aftersale_id":1,"aftersale_status":777}', 'no JSON'].map((data, n) => ({
    tag: '200',
    msg_id: `unintelligible-${n}`,
    data: data.replace('{', `{"shop_id":${shops[0].shopId},`),
  }))
  const body = JSON.stringify(messages)
  const sign = createHash('md5').update(appKey).update(body).update(appSecret).digest('hex')
  const answer = await fetch(`${gatewayUrl}/push/douyin/${appKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'app-id': appKey, 'event-sign': sign },
    body,
  })
  console.log('unintelligible pushes were answered', answer.status)
}
