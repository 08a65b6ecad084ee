import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DEFAULT_MOST_BYTES, ENDINGS, type EvidenceType, recognise } from '#case-handling'
import type { BodyAccount, BodyTrouble } from '#runtime'
import { BodyBudget, readBody } from '#runtime'
import { operatorOf } from '../core/operator'
import type { ConsoleParts } from '../parts'
import { Problem, notFound } from '../problems/problem.filter'

/** The ending of a file of this type, for whoever takes it down. */
export const endingOf = (type: string): string => (type in ENDINGS ? ENDINGS[type as EvidenceType] : 'bin')

/** As `CaseParams` has it. */
const CASE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ITS_PLACE = '/api/cases/:id/evidence'
const LARGEST = Math.max(...Object.values(DEFAULT_MOST_BYTES))
/** One video of the largest size and some pictures; who comes beyond that comes again. */
const MOST_BYTES_IN_HAND = 128 * 1_048_576

/**
 * Bytes of pictures, videos and documents are taken at one address only; everywhere else a body is small and JSON. Who
 * adds it, to which case, and how large it says it is are looked at before a byte is kept; what it is and how large that
 * may be, at its first bytes.
 */
export function takeEvidenceBodies(fastify: FastifyInstance, parts: ConsoleParts): void {
  const budget = new BodyBudget(parts.mostEvidenceInHand ?? MOST_BYTES_IN_HAND)
  const accounts = new WeakMap<FastifyRequest, BodyAccount>()
  fastify.addHook('preParsing', async (request, reply) => {
    const type = typeOf(request)
    if (type === undefined) return
    // Whatever is refused from here on, the rest of the body is not received.
    void reply.header('connection', 'close')
    if (request.method !== 'POST' || request.routeOptions.url !== ITS_PLACE)
      throw new Problem(415, TROUBLES['not-taken'][1])
    operatorOf(request)
    if (parts.evidence === undefined) throw new Problem(503, 'No place for evidence is set.')
    if (!(await isOurs((request.params as { id: string }).id, parts))) throw notFound()
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_OF[type]) throw problemOf('too-large')
    const account = budget.open()
    accounts.set(request, account)
    reply.raw.once('close', () => account.release())
    void reply.removeHeader('connection')
  })
  fastify.addContentTypeParser(Object.keys(ENDINGS), async (request: FastifyRequest, body: IncomingMessage) => {
    const account = accounts.get(request) ?? budget.open()
    const read = await readBody(body, { most: LARGEST, account, keep: true, mostOf })
    if (typeof read === 'string') throw problemOf(read)
    return read
  })
}

const LARGEST_OF = Object.fromEntries(
  Object.keys(ENDINGS).map((type) => [
    type,
    DEFAULT_MOST_BYTES[type.startsWith('image/') ? 'image' : type.startsWith('video/') ? 'video' : 'document'],
  ]),
) as Readonly<Record<EvidenceType, number>>

/** By its own bytes: a picture that is said to be a video may have no more than a picture. */
function mostOf(head: Buffer): number | undefined {
  const kind = recognise(head)?.kind
  return kind && DEFAULT_MOST_BYTES[kind]
}

function typeOf({ headers }: FastifyRequest): EvidenceType | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  return Object.hasOwn(ENDINGS, type) ? (type as EvidenceType) : undefined
}

async function isOurs(id: string, { database, organisation }: ConsoleParts): Promise<boolean> {
  if (!CASE_ID.test(id)) throw new Problem(400, 'Some of what was asked cannot be understood.')
  const found = await database.query<unknown[]>('SELECT 1 FROM stream WHERE id = $1 AND org = $2', [
    id,
    organisation.id,
  ])
  return found.length > 0
}

const TROUBLES: Readonly<Record<BodyTrouble, readonly [status: number, detail: string]>> = {
  'too-large': [413, 'The piece is larger than is taken here.'],
  'no-room': [503, 'Too much is being received just now. Send it again.'],
  cut: [400, 'The piece could not be read to its end.'],
  'not-taken': [
    415,
    'Pictures (JPEG, PNG, WebP), videos (MP4, MOV) and PDF are taken; this is none of them, by its own bytes.',
  ],
}

function problemOf(trouble: BodyTrouble): Problem {
  const [status, detail] = TROUBLES[trouble]
  return new Problem(status, detail)
}
