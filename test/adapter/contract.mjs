/**
 * The contract with the gateway: schema files, signatures, and the Kafka binding of CloudEvents. Written independently of
 * the gateway's code, as any adapter's is.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'

const ajv = new Ajv.default({ strict: false, validateFormats: false })
const schemas = new Map()

/** The first violation of the type's published schema, or `undefined`. */
export function flawOf(type, data) {
  if (!schemas.has(type)) {
    const file = new URL(`../../libs/messaging/schemas/${type}.json`, import.meta.url)
    schemas.set(type, ajv.compile(JSON.parse(readFileSync(file, 'utf8'))))
  }
  const isValid = schemas.get(type)
  return isValid(data) ? undefined : `${type}${isValid.errors[0].instancePath} ${isValid.errors[0].message}`
}

const signatureOf = (secret, id, type, body) =>
  createHmac('sha256', secret).update(`${id}\n${type}\n`).update(body).digest('hex')

/** A report as a signed Kafka record: CloudEvents 1.0 in binary mode. Throws if the data violates the schema. */
export function recordOf({ name, secret, id, type, key, data }) {
  const flaw = flawOf(type, data)
  if (flaw !== undefined) throw new Error(flaw)
  const value = JSON.stringify(data)
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: `/shouhou/adapters/${name}`,
    ce_subject: key,
    ce_time: new Date().toISOString(),
    'content-type': 'application/json',
    shouhou_signature: signatureOf(secret, id, type, value),
  }
  return { key, value, headers }
}

/** The action or read that a record requests; `undefined` if it is for another adapter, of an unknown type or not signed for us. */
export function orderIn({ headers, value }, { name, secret }) {
  const valueOf = (header) => headers?.[header]?.toString() ?? ''
  const type = valueOf('ce_type')
  if (type !== 'act.v1' && type !== 'show.v1') return undefined
  const genuine = Buffer.from(signatureOf(secret, valueOf('ce_id'), type, value))
  const claimed = Buffer.from(valueOf('shouhou_signature'))
  if (claimed.length !== genuine.length || !timingSafeEqual(claimed, genuine)) return undefined
  const data = JSON.parse(value.toString())
  return data.adapter === name && flawOf(type, data) === undefined ? { type, data } : undefined
}
