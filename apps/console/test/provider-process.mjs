/**
 * `oidc-provider` on a loopback port, as a process of its own: it is ESM with top-level state, which Jest cannot load. Controlled
 * by messages of the parent: `{account}` who is at its keyboard, `{tamper}` how the next ID tokens are forged (with its real key),
 * `{decline}` whether it refuses, `{challenge}` whether it names the scheme where it refuses a client, `{rotate}` new keys.
 */
import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const [clientId, clientSecret, ...redirectUris] = process.argv.slice(2)
let account = { sub: 'nobody' }
let tamper
let decline = false
let challenge = false
let provider
let key

const server = createServer((request, response) => {
  const answer = request.url.startsWith('/interaction/') ? interact : provider.callback()
  Promise.resolve(answer(request, response)).catch((error) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => {
  rotate()
  process.send({ issuer: issuer() })
})
const issuer = () => `http://127.0.0.1:${server.address().port}`

process.on('message', (message) => {
  if ('account' in message) account = message.account
  if ('tamper' in message) tamper = message.tamper
  if ('decline' in message) decline = message.decline
  if ('challenge' in message) challenge = message.challenge
  if (message.rotate) rotate()
  process.send({ done: true })
})
process.on('disconnect', () => process.exit(0))

/** A provider of the same codes and sessions, which its adapter keeps, with another key. */
function rotate() {
  key = {
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    kid: randomUUID(),
  }
  provider = new Provider(issuer(), {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'] },
    ttl: { Session: 3_600, Interaction: 600, Grant: 3_600, AccessToken: 600, IdToken: 600 },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...account, sub }) }),
  })
  provider.use(async (context, next) => {
    await next()
    // As RFC 6749, 5.2, asks of a provider whose clients authenticate by the header.
    if (challenge && context.status === 401) context.set('WWW-Authenticate', 'Basic realm="clients"')
    const token = context.path === '/token' && context.body?.id_token
    if (token && tamper !== undefined && tamper !== 'nothing') context.body.id_token = forged(token)
  })
}

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (decline) {
    const result = { error: 'access_denied', error_description: 'No.' }
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, { login: { accountId: account.sub } })
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
}

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The token with one thing wrong, signed by the provider's own key. */
function forged(token) {
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
  const now = Math.floor(Date.now() / 1_000)
  const changes = {
    nonce: { nonce: 'another' },
    iss: { iss: 'https://issuer.example' },
    aud: { aud: 'another-client' },
    expired: { iat: now - 7_200, exp: now - 3_600 },
    'old-proof': { auth_time: now - 3_600 },
    'new-proof': { auth_time: now },
  }
  const body = encoded({ ...claims, ...changes[tamper] })
  if (tamper === 'none') return `${encoded({ alg: 'none' })}.${body}.`
  const signed = `${encoded({ alg: 'RS256', kid: key.kid })}.${body}`
  const forger = tamper === 'signature' ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : ownKey()
  return `${signed}.${sign('sha256', Buffer.from(signed), forger).toString('base64url')}`
}

const ownKey = () => createPrivateKey({ key, format: 'jwk' })
