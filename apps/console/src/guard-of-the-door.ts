import type { FastifyInstance } from 'fastify'
import { contentPolicy } from './content-policy'

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

const OURS = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/

/**
 * Until people log in, whoever reaches the console may read it; so only this machine may. The address it listens on is
 * one half; the other is that no foreign page in a browser here may speak through it: neither under a name of its own
 * (the host is checked) nor by a form or script (writing needs the same origin).
 */
export function guardTheDoor(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(HEADERS)
    const { host, origin, 'sec-fetch-site': site } = request.headers
    const foreign =
      host === undefined ||
      !OURS.test(host) ||
      (request.method !== 'GET' &&
        request.method !== 'HEAD' &&
        ((origin !== undefined && origin !== `http://${host}`) ||
          (site !== undefined && site !== 'same-origin' && site !== 'none')))
    if (!foreign) return done()
    void reply
      .status(403)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: 'Forbidden',
          status: 403,
          detail: 'The console is spoken to from its own page on this machine only.',
          instance: request.url.split('?')[0],
        }),
      )
  })
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store')
    done()
  })
}
