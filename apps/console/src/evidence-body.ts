import type { FastifyInstance } from 'fastify'
import { DEFAULT_MOST_BYTES, ENDINGS, type EvidenceType } from '#case-handling'

/** The ending of a file of this type, for whoever takes it down. */
export const endingOf = (type: string): string => (type in ENDINGS ? ENDINGS[type as EvidenceType] : 'bin')

const ITS_PLACE = /^\/api\/cases\/[^/?]+\/evidence(?:\?|$)/
const LARGEST = Math.max(...Object.values(DEFAULT_MOST_BYTES))

/** Bytes of pictures, videos and documents are taken at one address only; everywhere else a body is small and JSON. */
export function takeEvidenceBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    Object.keys(ENDINGS),
    { parseAs: 'buffer', bodyLimit: LARGEST },
    (_request, body, done) => done(null, body),
  )
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
    if (!(type in ENDINGS) || ITS_PLACE.test(request.url)) return done()
    done(Object.assign(new Error('not taken here'), { statusCode: 415 }))
  })
}
