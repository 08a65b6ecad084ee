/**
 * What an adapter knows of the other side: the schema files, how a message is signed, and how CloudEvents lie in Kafka.
 * Nothing here is shared with the code that it talks to.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'

const ajv = new Ajv.default({ strict: false, validateFormats: false })
const schemas = new Map()

/** What is wrong with the data of that type, by the published schema; `undefined`: nothing. */
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

/** A report as a message of Kafka: CloudEvents 1.0 in binary mode, signed. Throws where the schema does not allow it. */
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

/** What a message asks us to do, or nothing: for another adapter, of an unknown kind, or not signed for us. */
export function orderIn({ headers, value }, { name, secret }) {
  const said = (header) => headers?.[header]?.toString() ?? ''
  const type = said('ce_type')
  if (type !== 'act.v1' && type !== 'show.v1') return undefined
  const genuine = Buffer.from(signatureOf(secret, said('ce_id'), type, value))
  const claimed = Buffer.from(said('shouhou_signature'))
  if (claimed.length !== genuine.length || !timingSafeEqual(claimed, genuine)) return undefined
  const data = JSON.parse(value.toString())
  return data.adapter === name && flawOf(type, data) === undefined ? { type, data } : undefined
}
