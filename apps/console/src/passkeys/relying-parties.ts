import { isIP } from 'node:net'
import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { RelyingParty, SecondFactors } from '#access'
import type { ConnectingOptions } from '../core/connecting'
import { problemOf } from '../problems/problem.filter'
import { CONNECTING } from '../tokens'

/** How a person may go on after the password; a recovery code always may be given. */
export const SECOND_FACTORS = ['app', 'passkey'] as const
export type SecondFactor = (typeof SECOND_FACTORS)[number]

type Asking = Pick<FastifyRequest, 'headers'>

/**
 * For which host name a passkey is made and used: that of `PUBLIC_URL`, without it `localhost`, at any port. Browsers know no
 * passkeys for an IP address (WebAuthn, 5.1.2), so under one there are none.
 */
@Injectable()
export class RelyingParties {
  private readonly publicUrl: URL | undefined

  constructor(@Inject(CONNECTING) { publicUrl }: Pick<ConnectingOptions, 'publicUrl'>) {
    this.publicUrl = publicUrl === undefined ? undefined : new URL(publicUrl)
  }

  /** `undefined`: under the address of the request there are no passkeys. */
  at({ headers: { host = '' } }: Asking): RelyingParty | undefined {
    if (this.publicUrl !== undefined && host.toLowerCase() !== this.publicUrl.host) return undefined
    const address = this.publicUrl ?? urlOf(host)
    if (address === undefined) return undefined
    const { hostname, origin } = address
    return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : undefined
  }

  /** @throws Problem */
  require(request: Asking): RelyingParty {
    const at = this.at(request)
    if (at === undefined) throw problemOf('passkey-needs-host-name')
    return at
  }

  /** What the page may offer after the password, at the address of the request. */
  offered({ app, passkeysAt }: SecondFactors, request: Asking): SecondFactor[] {
    const at = this.at(request)
    const passkey = at !== undefined && passkeysAt.includes(at.id)
    return [...(app ? (['app'] as const) : []), ...(passkey ? (['passkey'] as const) : [])]
  }
}

/** The caller can write anything into the header, and HTTP/1.0 knows none. */
function urlOf(host: string): URL | undefined {
  const address = `http://${host}`
  return URL.canParse(address) ? new URL(address) : undefined
}
