import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import { PASSKEY_ALGORITHMS, type PasskeyAssertion, type PasskeyRegistration, type RelyingParty } from './passkeys'

/** What an answer must be for. */
interface Expected {
  /** base64url. */
  readonly challenge: string
  readonly at: RelyingParty
}

interface NewPasskey {
  readonly credential: Buffer
  readonly publicKey: Buffer
  readonly counter: number
}

/** The new passkey; `undefined`: the answer is not of this challenge, page and host, or without user verification. */
export async function verifyRegistration(
  { id, clientDataJSON, attestationObject }: PasskeyRegistration,
  { challenge, at }: Expected,
): Promise<NewPasskey | undefined> {
  return verified(async () => {
    if (isOfFrame(clientDataJSON) || hasCertificate(attestationObject)) return undefined
    const { registrationInfo } = await verifyRegistrationResponse({
      response: asCredential(id, { clientDataJSON, attestationObject }),
      ...expectedBy(challenge, at),
      supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
    })
    if (registrationInfo?.credential.id !== id) return undefined
    const { publicKey, counter } = registrationInfo.credential
    return { credential: Buffer.from(id, 'base64url'), publicKey: Buffer.from(publicKey), counter }
  })
}

/**
 * The signature counter of the device; `undefined`: not of this challenge, page and host, not signed by this key, or without
 * user verification. The caller compares the counter: only a genuine signature says something by it.
 */
export function verifyAssertion(
  { id, clientDataJSON, authenticatorData, signature }: PasskeyAssertion,
  { challenge, at }: Expected,
  publicKey: Buffer,
): Promise<number | undefined> {
  return verified(async () => {
    if (isOfFrame(clientDataJSON)) return undefined
    const { verified: isGenuine, authenticationInfo } = await verifyAuthenticationResponse({
      response: asCredential(id, { clientDataJSON, authenticatorData, signature }),
      ...expectedBy(challenge, at),
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
    })
    return isGenuine ? authenticationInfo.newCounter : undefined
  })
}

const asCredential = <Response>(id: string, response: Response) => ({
  ...{ id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response },
})

const expectedBy = (challenge: string, { id, origin }: RelyingParty) => ({
  ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true },
})

/** Our page has no frames, and is shown in none. */
const isOfFrame = (clientDataJSON: string): boolean => decodeClientDataJSON(clientDataJSON).crossOrigin === true

/**
 * We ask for no attestation, so a browser sends no certificate. One is not looked at, because the library would ask the address
 * in it whether it was revoked: an address that the sender has chosen.
 */
function hasCertificate(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  return !['none', 'packed'].includes(decoded.get('fmt')) || decoded.get('attStmt').get('x5c') !== undefined
}

/** The library throws for everything that is wrong with an answer, whose bytes a caller can make up. */
async function verified<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work()
  } catch {
    return undefined
  }
}
