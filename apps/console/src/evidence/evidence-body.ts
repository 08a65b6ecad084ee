import type { IncomingMessage } from 'node:http'
import type { DataSource } from 'typeorm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { may } from '#access'
import type { EvidenceStore } from '#case-handling'
import { DEFAULT_SIZE_LIMITS, FILE_EXTENSIONS, type EvidenceType, recogniseEvidence } from '#case-handling'
import type { BodyAccount, BodyFailure } from '#runtime'
import { BodyBudget, readBody } from '#runtime'
import type { ProblemCode } from '../problems/problem-codes'
import type { Problem } from '../problems/problem.filter'
import { notFound, problemOf } from '../problems/problem.filter'
import { forbidden, isVisibleCase } from '../security/access.guard'
import { actorOf } from '../security/authentication'
import { Denials } from '../security/denials'

/** The file name extension of a download. */
export const fileExtensionOf = (type: string): string =>
  type in FILE_EXTENSIONS ? FILE_EXTENSIONS[type as EvidenceType] : 'bin'

/** As in `CaseParams`, which is validated only after the body has been read. */
const CASE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UPLOAD_ROUTE = '/api/cases/:id/evidence'
const MAX_FILE_BYTES = Math.max(...Object.values(DEFAULT_SIZE_LIMITS))
/** Of all uploads in progress: one video of the largest size and some pictures. More are refused with 503, so that memory is bounded. */
const MAX_BYTES_IN_MEMORY = 128 * 1_048_576

/** Where cases and files are stored; without an evidence store uploads are refused. */
interface Uploads {
  readonly database: DataSource
  readonly evidence: EvidenceStore | undefined
}

/**
 * Pictures, videos and documents are accepted at one address only; everywhere else a body is small and JSON. The caller,
 * the case and the stated size are checked before a byte is kept; the type and its size limit, by the first bytes.
 */
export function acceptEvidenceUploads(fastify: FastifyInstance, uploads: Uploads): void {
  const denials = new Denials(uploads.database)
  const budget = new BodyBudget(MAX_BYTES_IN_MEMORY)
  const accounts = new WeakMap<FastifyRequest, BodyAccount>()
  fastify.addHook('preParsing', async (request, reply) => {
    const type = statedTypeOf(request)
    if (type === undefined) return
    // If the upload is refused from here on, the rest of the body is not received.
    void reply.header('connection', 'close')
    if (request.method !== 'POST' || request.routeOptions.url !== UPLOAD_ROUTE) throw problemOf('wrong-content-type')
    const actor = actorOf(request)
    if (actor === undefined) throw problemOf('not-signed-in')
    if (!may(actor, 'evidence.write')) {
      await denials.recordDenial(actor, request, ['evidence.write'])
      throw forbidden(['evidence.write'])
    }
    if (uploads.evidence === undefined) throw problemOf('no-evidence-place')
    const { id } = request.params as { id: string }
    if (!CASE_ID.test(id)) throw problemOf('not-understood')
    if (!(await isVisibleCase(uploads.database, actor, id))) throw notFound()
    if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES_BY_TYPE[type]) throw uploadProblem('too-large')
    const account = budget.open()
    accounts.set(request, account)
    reply.raw.once('close', () => account.release())
    void reply.removeHeader('connection')
  })
  fastify.addContentTypeParser(Object.keys(FILE_EXTENSIONS), async (request: FastifyRequest, body: IncomingMessage) => {
    const account = accounts.get(request) ?? budget.open()
    const read = await readBody(body, { maxBytes: MAX_FILE_BYTES, account, keep: true, maxBytesOf: sizeLimitOf })
    if (typeof read === 'string') throw uploadProblem(read)
    return read
  })
}

const MAX_BYTES_BY_TYPE = Object.fromEntries(
  Object.keys(FILE_EXTENSIONS).map((type) => [
    type,
    DEFAULT_SIZE_LIMITS[type.startsWith('image/') ? 'image' : type.startsWith('video/') ? 'video' : 'document'],
  ]),
) as Readonly<Record<EvidenceType, number>>

/** The limit of what the first bytes show, so that a picture sent as a video gets the limit of a picture. */
function sizeLimitOf(head: Buffer): number | undefined {
  const kind = recogniseEvidence(head)?.kind
  return kind && DEFAULT_SIZE_LIMITS[kind]
}

function statedTypeOf({ headers }: FastifyRequest): EvidenceType | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  return Object.hasOwn(FILE_EXTENSIONS, type) ? (type as EvidenceType) : undefined
}

const UPLOAD_PROBLEMS = {
  'too-large': { code: 'too-large', detail: 'The file is too large.' },
  'no-room': { code: 'in-use', detail: 'Too many uploads are being received. Retry later.' },
  cut: { code: 'not-understood', detail: 'The upload ended before the file was complete. Send it again.' },
  'not-taken': { code: 'evidence-type', detail: undefined },
} as const satisfies Readonly<Record<BodyFailure, { code: ProblemCode; detail: string | undefined }>>

function uploadProblem(failure: BodyFailure): Problem {
  const { code, detail } = UPLOAD_PROBLEMS[failure]
  return problemOf(code, detail === undefined ? {} : { detail })
}
