import { createHash, createHmac } from 'node:crypto'
import type { AppCredentials, RawDelivery } from '../inbound'
import type { Signing } from './fixtures'

export interface Forgery {
  readonly name: string
  readonly delivery: RawDelivery
  /** The credentials that the delivery is checked with; absent: those of the app itself. */
  readonly checkedWith?: AppCredentials
}

/** Everything that a forger, a proxy or a careless re-encoding may do to a genuine delivery (S1). */
export function makeForgeries(
  body: Buffer,
  app: AppCredentials,
  { sign, covers, unchecked = [] }: Signing,
): readonly Forgery[] {
  const genuine = sign(body, app)
  const checked = headersOf(genuine).filter(([name]) => !unchecked.includes(name))
  return [
    ...forgeHeaders(genuine, checked),
    ...forgeBodies(genuine),
    ...forgeDigests(genuine, checked, app),
    ...forgeCredentials(body, app, sign, covers.appKey),
    { name: 'the signature of another body', delivery: { headers: sign(Buffer.from('[]'), app).headers, body } },
    { name: 'the headers alone', delivery: { headers: genuine.headers, body: Buffer.alloc(0) } },
    { name: 'the body alone', delivery: { headers: {}, body } },
  ]
}

type Header = readonly [name: string, value: string]

function headersOf({ headers }: RawDelivery): readonly Header[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'content-type' ? [[name, value] as const] : [],
  )
}

function forgeHeaders(genuine: RawDelivery, checked: readonly Header[]): Forgery[] {
  const alterations: readonly (readonly [string, (value: string) => string | string[] | undefined])[] = [
    ['missing', () => undefined],
    ['empty', () => ''],
    ['in upper case', (value) => value.toUpperCase()],
    ['cut short', (value) => value.slice(0, -1)],
    ['too long', (value) => `${value}0`],
    ['with another first character', (value) => (value.startsWith('0') ? '1' : '0') + value.slice(1)],
    ['with another last character', (value) => value.slice(0, -1) + (value.endsWith('0') ? '1' : '0')],
    ['backwards', (value) => [...value].reverse().join('')],
    ['sent twice', (value) => [value, value]],
    ['joined with itself', (value) => `${value}, ${value}`],
    ['with a space before it', (value) => ` ${value}`],
    ['with a NUL behind it', (value) => `${value}\u0000`],
    [
      'in full-width digits',
      (value) => value.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ],
  ]
  return checked.flatMap(([name, value]) =>
    alterations
      .map(([alteration, alter]) => ({ alteration, altered: alter(value) }))
      .filter(({ altered }) => altered !== value)
      .map(({ alteration, altered }) => ({
        name: `${name} ${alteration}`,
        delivery: { headers: { ...genuine.headers, [name]: altered }, body: genuine.body },
      })),
  )
}

function forgeBodies({ headers, body }: RawDelivery): Forgery[] {
  const text = body.toString('utf8')
  const flipped = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const copy = Buffer.from(body)
    const at = Math.floor(part * (body.length - 1))
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
    return [`a body with bit ${at * 8} flipped`, copy] as const
  })
  const bodies: readonly (readonly [string, Buffer])[] = [
    ...flipped,
    ['a body with a space behind it', Buffer.from(`${text} `)],
    ['a body with a line break behind it', Buffer.from(`${text}\n`)],
    ['a body with a space before it', Buffer.from(` ${text}`)],
    ['a body without its first byte', body.subarray(1)],
    ['a body without its last byte', body.subarray(0, -1)],
    ['a body twice', Buffer.concat([body, body])],
    ['a body with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])],
    ['a body with a NUL behind it', Buffer.concat([body, Buffer.from([0])])],
    ...reencodeBody(text),
    ['a body without white space', Buffer.from(text.replace(/\s/g, ''))],
    ['a body with Windows line breaks', Buffer.from(text.replace(/\n/g, '\r\n'))],
    ['a body with its Chinese escaped', Buffer.from(escapeNonAscii(text))],
    ['a body in another encoding', Buffer.from(text, 'utf16le')],
    ['a body with its bytes taken for Latin letters', Buffer.from(body.toString('latin1'), 'utf8')],
  ]
  return bodies.map(([name, altered]) => ({ name, delivery: { headers, body: altered } }))
}

/** The same content in other bytes: of JSON, or of a form. */
function reencodeBody(text: string): readonly (readonly [string, Buffer])[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return [['a re-encoded form', Buffer.from(`${new URLSearchParams(text).toString()}&`)]]
  }
  return [
    ['a re-encoded body', Buffer.from(JSON.stringify(value))],
    ['a re-encoded body and indented', Buffer.from(JSON.stringify(value, null, 4))],
  ]
}

const escapeNonAscii = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The same content, hashed in other ways than the marketplace's. */
function forgeDigests(
  genuine: RawDelivery,
  checked: readonly Header[],
  { appKey, appSecret }: AppCredentials,
): Forgery[] {
  const { body } = genuine
  const md5 = (...parts: (string | Buffer)[]): string => {
    const hash = createHash('md5')
    for (const part of parts) hash.update(part)
    return hash.digest('hex')
  }
  const digests: readonly (readonly [string, string])[] = [
    ['of the body alone', md5(body)],
    ['with the secret first', md5(appSecret, body, appKey)],
    ['with the secret before and behind', md5(appSecret, body, appSecret)],
    ['without the key', md5(body, appSecret)],
    ['without the secret', md5(appKey, body)],
    ['by HMAC of SHA-256', createHmac('sha256', appSecret).update(body).digest('hex')],
    ['by HMAC of MD5', createHmac('md5', appSecret).update(body).digest('hex')],
    ['by SHA-256', createHash('sha256').update(appKey).update(body).update(appSecret).digest('hex')],
    ['in Base64', createHash('md5').update(appKey).update(body).update(appSecret).digest('base64')],
    ['of nothing but zeros', '0'.repeat(32)],
  ]
  return checked
    .filter(([, value]) => value !== appKey)
    .flatMap(([name, value]) =>
      digests
        .filter(([, digest]) => digest !== value)
        .map(([alteration, digest]) => ({
          name: `${name} ${alteration}`,
          delivery: { headers: { ...genuine.headers, [name]: digest }, body },
        })),
    )
}

function forgeCredentials(body: Buffer, app: AppCredentials, sign: Signing['sign'], coversAppKey: boolean): Forgery[] {
  const { appKey, appSecret } = app
  const others: readonly (readonly [string, AppCredentials])[] = [
    ['another secret', { appKey, appSecret: `${appSecret}x` }],
    ['a secret cut short', { appKey, appSecret: appSecret.slice(0, -1) }],
    ['an empty secret', { appKey, appSecret: '' }],
    ...(coversAppKey ? [['another app', { appKey: `${appKey}1`, appSecret }] as const] : []),
    ['key and secret exchanged', { appKey: appSecret, appSecret: appKey }],
  ]
  const signedByOthers = others.map(([name, other]) => ({
    name: `what was signed with ${name}`,
    delivery: sign(body, other),
  }))
  const checkedByOthers = others.map(([name, other]) => ({
    name: `our own delivery, checked with ${name}`,
    delivery: sign(body, app),
    checkedWith: other,
  }))
  const empty = { appKey: '', appSecret: '' }
  return [
    ...signedByOthers,
    ...checkedByOthers,
    { name: 'a delivery signed and checked with empty credentials', delivery: sign(body, empty), checkedWith: empty },
  ]
}
