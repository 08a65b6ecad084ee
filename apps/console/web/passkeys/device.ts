import { browserSupportsWebAuthn, startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import type {
  PasskeyAssertionRequest,
  PasskeyCreation,
  PasskeyRegistrationRequest,
  PasskeyRequest,
} from '../api/schema'

/** The browser or the device gave no answer: the reader cancelled, or the device is not one that is wanted here. */
export class DeviceProblem extends Error {
  constructor(readonly reason: 'cancelled' | 'known' | 'unable') {
    super(reason)
    this.name = 'DeviceProblem'
  }
}

/** Absent in old browsers, and on pages without TLS that are not of this machine. */
export const hasPasskeys = (): boolean => browserSupportsWebAuthn()

/** @throws DeviceProblem */
export async function makePasskey(options: PasskeyCreation): Promise<PasskeyRegistrationRequest> {
  const { id, response } = await fromDevice(startRegistration({ optionsJSON: options }))
  const { clientDataJSON, attestationObject, transports = [] } = response
  // Of a newer browser others may come, which are only a hint.
  const known = transports.filter((one): one is (typeof TRANSPORTS)[number] => TRANSPORTS.some((two) => two === one))
  return { id, clientDataJSON, attestationObject, transports: [...new Set(known)] }
}

/** @throws DeviceProblem */
export async function signWithPasskey(options: PasskeyRequest): Promise<PasskeyAssertionRequest> {
  const { id, response } = await fromDevice(startAuthentication({ optionsJSON: options }))
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    ...{ id, clientDataJSON, authenticatorData, signature },
    ...(userHandle === undefined || userHandle === '' ? {} : { userHandle }),
  }
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

async function fromDevice<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new DeviceProblem(reasonOf(error))
  }
}

function reasonOf(error: unknown): DeviceProblem['reason'] {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'known'
  const { name } = error instanceof Error ? error : { name: '' }
  // A browser does not say whether the reader cancelled or time ran out, so that no page can find out which devices there are.
  return name === 'NotAllowedError' || name === 'AbortError' ? 'cancelled' : 'unable'
}
