import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** 144 bits cannot be guessed; as base64 they need no padding. */
const NONCE_BYTES = 18

/** The placeholder of the nonce in the built page (vite.config.mts). */
const NONCE_PLACEHOLDER = '__CSP_NONCE__'

/**
 * What a document of the console may load: only its own origin. Styles that a script writes into the document need the
 * nonce of that answer.
 */
export function contentPolicy(nonce?: string): string {
  const styles = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Sends a document with a nonce of its own. It must not be cached: a nonce is used once. */
export async function sendWithNonce(reply: FastifyReply, html: string): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  await reply
    .header('content-security-policy', contentPolicy(nonce))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll(NONCE_PLACEHOLDER, nonce))
}

/**
 * Swagger UI writes two style elements and one style attribute into its document: the elements get the nonce, the
 * attribute is replaced by attributes of the picture. Its scripts are files of this origin.
 */
export function giveDocsNonces(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isDocs = /^\/docs\/?(?:\?|$)/.test(request.url) && typeof payload === 'string'
    if (!isDocs || !String(reply.getHeader('content-type')).startsWith('text/html')) return done(null, payload)
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    void reply.header('content-security-policy', contentPolicy(nonce)).header('cache-control', 'no-store')
    const html = payload
      .replaceAll('<style>', `<style nonce="${nonce}">`)
      .replaceAll('style="position:absolute;width:0;height:0"', 'width="0" height="0" aria-hidden="true"')
    void reply.removeHeader('content-length')
    done(null, html)
  })
}
