import { createHmac, randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import * as client from 'openid-client'
import type { OidcProvider, OidcPurpose, VerifiedSubject } from '#access'
import { isSafeAddress } from '#case-handling'
import type { ConnectingOptions } from '../core/connecting'
import { CONNECTING } from '../tokens'
import { OidcProblem, problemOfCall } from './oidc-problems'
import { guardedFetch } from './guarded-fetch'

type Client = Pick<OidcProvider, 'issuer' | 'clientId' | 'clientSecret'>

interface Way {
  readonly state: string
  /** The token of the browser's cookie: without it the code is worth nothing, for the verifier follows from it. */
  readonly browser: string
  readonly redirectUrl: string
}

/** The calls to an organisation's provider, by `openid-client`: authorization code with PKCE, state and nonce. */
@Injectable()
export class OidcCalls {
  private readonly fetch: client.CustomFetch

  constructor(@Inject(CONNECTING) private readonly options: ConnectingOptions) {
    this.fetch = guardedFetch(options.insecureHosts)
  }

  /**
   * The issuer as the provider itself writes it, where it is a provider whose page a browser can be sent to. One for the people
   * of any organisation, whose metadata name no issuer, is none.
   * @throws OidcProblem
   */
  async issuerOf(provider: Client): Promise<string> {
    const { issuer, ...server } = (await this.discover(provider)).serverMetadata()
    const { authorization_endpoint: page, token_endpoint: tokens, jwks_uri: keys } = server
    const isItself = URL.canParse(issuer) && new URL(issuer).href === new URL(provider.issuer).href
    if (!isItself || page === undefined || tokens === undefined || keys === undefined)
      throw new OidcProblem('oidc-unreachable')
    return issuer
  }

  /**
   * Whether the provider does not know the client, or not by this secret. It checks both before the code (RFC 6749, 5.2), so a code
   * that it never issued is enough to find out; a provider that does otherwise refuses the code, and says nothing of the secret.
   * @throws OidcProblem where the provider cannot be reached
   */
  async refusesClient(provider: Client, redirectUrl: string): Promise<boolean> {
    const config = await this.discover(provider)
    const never = { code: randomUUID(), redirect_uri: redirectUrl, code_verifier: `${randomUUID()}${randomUUID()}` }
    try {
      await client.genericGrantRequest(config, 'authorization_code', never)
    } catch (error) {
      return error instanceof client.ResponseBodyError && error.error === 'invalid_client'
    }
    return false
  }

  /** The provider's page. @throws OidcProblem where the provider cannot be reached */
  async pageUrl(provider: OidcProvider, purpose: OidcPurpose, way: Way): Promise<string> {
    const config = await this.discover(provider)
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: way.redirectUrl,
      scope: provider.emailDomains.length > 0 ? 'openid email' : 'openid',
      state: way.state,
      nonce: secretOf('nonce', way),
      code_challenge: await client.calculatePKCECodeChallenge(secretOf('verifier', way)),
      code_challenge_method: 'S256',
      // A proof is a new one, not that the person was logged in there anyway.
      ...(purpose === 'proof' ? { prompt: 'login', max_age: '0' } : {}),
    })
    if (!isSafeAddress(url.href, this.options.insecureHosts)) throw new OidcProblem('oidc-address-not-allowed')
    return url.href
  }

  /**
   * Exchanges the code, and checks signature, issuer, audience, expiry, nonce and state of what comes back.
   * @throws OidcProblem
   */
  async subject(provider: OidcProvider, way: Way, returned: URLSearchParams): Promise<VerifiedSubject> {
    // Read again for each log-in: the provider's keys may have changed a second ago.
    const config = await this.discover(provider)
    try {
      const tokens = await client.authorizationCodeGrant(config, new URL(`${way.redirectUrl}?${returned}`), {
        expectedState: way.state,
        expectedNonce: secretOf('nonce', way),
        pkceCodeVerifier: secretOf('verifier', way),
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims?.iss !== provider.issuer || !isSubject(claims.sub)) throw new OidcProblem('oidc-not-verified')
      const { email, email_verified: isVerified, ...more } = await this.claimsOf(config, provider, tokens, claims)
      const { roleClaim } = provider
      return {
        ...{ issuer: claims.iss, subject: claims.sub },
        verifiedEmail: isVerified === true && typeof email === 'string' ? email : undefined,
        claimValues: roleClaim === null ? [] : [more[roleClaim]].flat().filter((one) => typeof one === 'string'),
        authenticatedAt: typeof claims.auth_time === 'number' ? claims.auth_time * 1_000 : undefined,
      }
    } catch (error) {
      throw problemOfCall(error)
    }
  }

  /** What the rules ask for and the ID token does not have, the provider's `userinfo` has; it is of the same subject. */
  private async claimsOf(
    config: client.Configuration,
    { emailDomains, roleClaim }: OidcProvider,
    tokens: client.TokenEndpointResponse,
    claims: client.IDToken,
  ): Promise<Record<string, unknown>> {
    const needed = [...(emailDomains.length > 0 ? ['email'] : []), ...(roleClaim === null ? [] : [roleClaim])]
    const isComplete = needed.every((name) => Object.hasOwn(claims, name))
    if (isComplete || config.serverMetadata().userinfo_endpoint === undefined) return claims
    return { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
  }

  private async discover({ issuer, clientId, clientSecret }: Client): Promise<client.Configuration> {
    if (!isSafeAddress(issuer, this.options.insecureHosts)) throw new OidcProblem('oidc-address-not-allowed')
    const isPlain = new URL(issuer).protocol === 'http:'
    try {
      return await client.discovery(new URL(issuer), clientId, clientSecret, authenticatedBy(clientSecret), {
        [client.customFetch]: this.fetch,
        // The token comes over TLS from the provider itself, and its signature is checked all the same.
        execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
      })
    } catch (error) {
      throw problemOfCall(error, 'oidc-unreachable')
    }
  }
}

/** Secret of the way, known to the holder of the cookie only: nothing of it has to be stored. */
const secretOf = (what: 'nonce' | 'verifier', { browser, state }: Way): string =>
  createHmac('sha256', browser).update(`${what}:${state}`).digest('base64url')

/** At most 255 ASCII characters, says OpenID Connect. */
const isSubject = (subject: string): boolean => /^[\x20-\x7e]{1,255}$/.test(subject)

/** As the provider's metadata say; basic where they say nothing. */
const authenticatedBy =
  (secret: string): client.ClientAuth =>
  (server, ...rest) => {
    const known = server.token_endpoint_auth_methods_supported
    const isPost = known?.includes('client_secret_post') === true && !known.includes('client_secret_basic')
    return (isPost ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret))(server, ...rest)
  }
