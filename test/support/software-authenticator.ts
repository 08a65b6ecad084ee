/** A device with passkeys, in software: ES256 keys, no attestation, the bytes of WebAuthn Level 3. For tests of what a server refuses. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a hostile page, device or copy would do otherwise. */
export interface Forgery {
  readonly challenge?: string
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly crossOrigin?: boolean
  /** `false`: the finger or PIN was not asked for. */
  readonly verified?: boolean
  readonly present?: boolean
  /** Says this number of signatures. */
  readonly counter?: number
  /** Gives its key the id of another one. */
  readonly credential?: string
  readonly userHandle?: string
  /** An attestation with a certificate in it. */
  readonly certificate?: boolean
}

const FLAGS = { present: 0x01, verified: 0x04, hasKey: 0x40 }

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url')

export class SoftwareAuthenticator {
  readonly id = base64url(randomBytes(16))
  private readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  private userHandle: string | undefined

  /** @param signatures made before; `'uncounted'` as passkeys in the cloud are: the counter stays 0 */
  constructor(
    readonly origin: string,
    private signatures: number | 'uncounted' = 0,
  ) {
    this.keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  }

  /** Answers `navigator.credentials.create`. */
  register(
    options: {
      readonly challenge: string
      readonly rp: { readonly id: string }
      readonly user: { readonly id: string }
    },
    forgery: Forgery = {},
  ) {
    this.userHandle = options.user.id
    const id = forgery.credential ?? this.id
    const authenticatorData = this.authenticatorData(options.rp.id, forgery, this.attestedKey(id))
    return {
      ...{ id, transports: ['internal' as const] },
      clientDataJSON: this.clientData('webauthn.create', options.challenge, forgery),
      attestationObject: base64url(attestationObject(authenticatorData, forgery.certificate === true)),
    }
  }

  /** Answers `navigator.credentials.get`. */
  sign(options: { readonly challenge: string; readonly rpId: string }, forgery: Forgery = {}) {
    if (this.signatures !== 'uncounted') this.signatures += 1
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, forgery)
    const authenticatorData = this.authenticatorData(options.rpId, forgery)
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const userHandle = forgery.userHandle ?? this.userHandle
    return {
      ...{ id: forgery.credential ?? this.id, clientDataJSON, authenticatorData: base64url(authenticatorData) },
      signature: base64url(sign('sha256', signed, this.keys.privateKey)),
      ...(userHandle === undefined ? {} : { userHandle }),
    }
  }

  private clientData(ceremony: string, challenge: string, { type, origin, crossOrigin, ...forgery }: Forgery): string {
    const data = {
      ...{ type: type ?? ceremony, challenge: forgery.challenge ?? challenge },
      ...{ origin: origin ?? this.origin, crossOrigin: crossOrigin ?? false },
    }
    return base64url(JSON.stringify(data))
  }

  private authenticatorData(rpId: string, forgery: Forgery, attestedKey: Buffer = Buffer.alloc(0)): Buffer {
    const { verified = true, present = true } = forgery
    const flags =
      (present ? FLAGS.present : 0) | (verified ? FLAGS.verified : 0) | (attestedKey.length > 0 ? FLAGS.hasKey : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(forgery.counter ?? (this.signatures === 'uncounted' ? 0 : this.signatures))
    return Buffer.concat([sha256(forgery.rpId ?? rpId), Buffer.from([flags]), counter, attestedKey])
  }

  /** AAGUID of zeros, the credential's id, and the public key in COSE. */
  private attestedKey(credential: string): Buffer {
    const id = Buffer.from(credential, 'base64url')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' })
    const key = [Buffer.from('a5010203262001', 'hex'), Buffer.from('21', 'hex'), cborBytes(x), Buffer.from('22', 'hex')]
    return Buffer.concat([Buffer.alloc(16), length, id, ...key, cborBytes(y)])
  }
}

const cborBytes = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url')
  return Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
}
const cborText = (text: string): Buffer => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])

/** `{fmt, attStmt, authData}` in CBOR; with a certificate, of the format `packed`. */
function attestationObject(authData: Buffer, withCertificate: boolean): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(authData.length)
  // {alg: -7, sig: h'00', x5c: [h'00']}
  const statement = [Buffer.from('a3', 'hex'), cborText('alg'), Buffer.from('26', 'hex'), cborText('sig')]
  const certificate = [Buffer.from('4100', 'hex'), cborText('x5c'), Buffer.from('814100', 'hex')]
  return Buffer.concat([
    ...[Buffer.from('a3', 'hex'), cborText('fmt'), cborText(withCertificate ? 'packed' : 'none'), cborText('attStmt')],
    ...(withCertificate ? [...statement, ...certificate] : [Buffer.from('a0', 'hex')]),
    ...[cborText('authData'), Buffer.from('59', 'hex'), length, authData],
  ])
}
