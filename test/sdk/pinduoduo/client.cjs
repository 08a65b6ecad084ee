// Calls the simulator through the TypeScript SDK for Pinduoduo, which is imported unchanged, and says what came back.
// Words: the plan, the SDK's own interfaces, where the findings go.
const { readFileSync, writeFileSync } = require('node:fs')
const { isDeepStrictEqual } = require('node:util')
const { PddClient } = require('@pin-duo-duo/core')

const [planFile, shapesFile, foundFile] = process.argv.slice(2)
const plan = JSON.parse(readFileSync(planFile, 'utf8'))
const shapes = JSON.parse(readFileSync(shapesFile, 'utf8'))
const findings = []
const say = (kind, name, problem) => findings.push({ kind, name, problem })
const same = (name, got, expected) =>
  say(
    'value',
    name,
    isDeepStrictEqual(got, expected) ? '' : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
  )

/** What the SDK keeps tokens in; it asks for them by mall. */
let kept = null
const auth = {
  getAccessTokenFromCache: () => Promise.resolve(kept),
  setAccessTokenToCache: (_mall, tokens) => Promise.resolve((kept = tokens)),
}
const mall = { mallId: plan.mallId }
const client = new PddClient(
  { clientId: plan.clientId, clientSecret: plan.clientSecret, endpoint: plan.endpoint },
  auth,
)

/** Where an answer is not what the SDK's interface says: a field that is not there, or that has another type. */
function strangenessOf(value, type, path) {
  if (value === null) return []
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path} is no list`]
    return value.flatMap((one, i) => strangenessOf(one, type.slice(0, -2), `${path}[${i}]`))
  }
  const shape = shapes[type]
  if (shape === undefined) {
    const allowed = type.split('|').map((one) => one.trim())
    return allowed.includes(typeof value) ? [] : [`${path} is ${typeof value}, not ${type}`]
  }
  return Object.entries(shape).flatMap(([name, inner]) =>
    name in value ? strangenessOf(value[name], inner, `${path}.${name}`) : [`${path}.${name} is not there`],
  )
}

/** `pdd.refund.agree` → `PddRefundAgreeResponseInterface`; what the SDK has taken the wrapper off is put back. */
function checkShape(type, answer) {
  const name = `${type
    .split('.')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('')}ResponseInterface`
  const fields = Object.keys(shapes[name] ?? {})
  if (fields.length === 0) return [`the SDK has no ${name}`]
  const whole = fields.length === 1 && !(fields[0] in answer) ? { [fields[0]]: answer } : answer
  return strangenessOf(whole, name, '')
}

async function ask(name, type, params, call = () => client.execute(type, params, mall, { times: 1 })) {
  try {
    const answer = await call()
    say('call', name, checkShape(type, answer).join(', '))
    return answer
  } catch (error) {
    say('call', name, String(error?.errObj ? JSON.stringify(error.errObj) : error))
    return undefined
  }
}

async function run() {
  const create = await ask('token.create', 'pdd.pop.auth.token.create', {}, () => client.generate(plan.code, mall))
  same('token.create owner', create?.owner_id, plan.mallId)
  const refresh = await ask('token.refresh', 'pdd.pop.auth.token.refresh', {}, () => client.generate(mall))
  same('token.refresh gives another token', refresh?.access_token !== create?.access_token, true)
  const rows = new Map()
  for (const [from, to] of plan.windows) {
    const window = { after_sales_status: 1, after_sales_type: 1, start_updated_at: from, end_updated_at: to }
    const list = await ask(`list ${from}`, 'pdd.refund.list.increment.get', { ...window, page: 1, page_size: 100 })
    for (const row of list?.refund_list ?? []) rows.set(String(row.id), row)
  }
  for (const known of plan.cases) {
    const row = rows.get(known.id)
    const { id, order, status, type, yuan, fen, goods } = known
    same(
      `row ${id}`,
      row && [row.order_sn, row.after_sales_status, row.after_sales_type, row.refund_amount, row.goods_number],
      [order, status, type + 1, yuan, String(goods)],
    )
    const ids = { order_sn: order, after_sales_id: id }
    const detail = await ask(`detail ${id}`, 'pdd.refund.information.get', ids)
    same(
      `detail ${id}`,
      detail && [String(detail.id), detail.order_sn, detail.after_sales_status, detail.after_sales_type],
      [id, order, status, type],
    )
    same(
      `detail ${id} amounts`,
      [detail?.refund_amount, detail?.goods_number, detail?.part_after_sales_value],
      [fen, goods, known.claimed < goods ? known.claimed : 0],
    )
  }
  const check = await ask('status.check', 'pdd.refund.status.check', { order_sns: plan.open.join(',') })
  same('status.check orders', check?.order_sns_exists_refund?.length, plan.open.length)
  const addresses = await ask('address.list', 'pdd.refund.address.list.get', {})
  same('address.list id', addresses?.refund_address_list?.[0]?.refund_address_id, plan.addressId)
  for (const { name, type, params, flag } of plan.actions) {
    const answer = await ask(name, type, params)
    if (flag !== undefined)
      same(
        `${name} ${flag.join('.')}`,
        flag.reduce((inner, key) => inner?.[key], answer),
        true,
      )
  }
  await ask('pmc.user.permit', 'pdd.pmc.user.permit', {})
  await ask('pmc.user.get', 'pdd.pmc.user.get', { owner_id: plan.mallId })
  await ask('pmc.accrue.query', 'pdd.pmc.accrue.query', {})
  await ask('pmc.user.cancel', 'pdd.pmc.user.cancel', { owner_id: plan.mallId })
  const former = { type: 'pdd.refund.status.check', order_sns: plan.cases[0].order, access_token: create?.access_token }
  const refused = await client.request(former).catch((error) => error?.errObj?.error_code)
  say('call', 'with a former token', refused === 10019 ? '' : `expected 10019, got ${JSON.stringify(refused)}`)
}

run()
  .catch((error) => say('call', 'the client', error.stack))
  .finally(() => {
    writeFileSync(foundFile, findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''))
    process.exit(0)
  })
