import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Stands in the built page wherever its nonce belongs (vite.config.mts). */
const PLACEHOLDER = '__CSP_NONCE__'

/**
 * What a document of the console may load: everything from here or not at all. Styles that are written into the document
 * by a script need the nonce of that very answer; without one there are none.
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

/** Sends a document with a nonce of its own. It must not be kept: a nonce that is used twice is none. */
export async function sendWithNonce(reply: FastifyReply, html: string): Promise<void> {
  const nonce = randomBytes(18).toString('base64')
  await reply
    .header('content-security-policy', contentPolicy(nonce))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll(PLACEHOLDER, nonce))
}

/**
 * The description of the API is made by a library that writes two style elements and one style attribute into its document:
 * the elements get the nonce, the attribute is said by attributes of the picture. Its scripts are files of ours.
 */
export function giveDocsNonces(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isDocs = /^\/docs\/?(?:\?|$)/.test(request.url) && typeof payload === 'string'
    if (!isDocs || !String(reply.getHeader('content-type')).startsWith('text/html')) return done(null, payload)
    const nonce = randomBytes(18).toString('base64')
    void reply.header('content-security-policy', contentPolicy(nonce)).header('cache-control', 'no-store')
    const html = payload
      .replaceAll('<style>', `<style nonce="${nonce}">`)
      .replaceAll('style="position:absolute;width:0;height:0"', 'width="0" height="0" aria-hidden="true"')
    void reply.removeHeader('content-length')
    done(null, html)
  })
}
