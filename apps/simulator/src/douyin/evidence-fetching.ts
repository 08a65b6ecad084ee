import type { CallLog } from '../http/call-log'
import type { Call } from '../http/http-service'
import { readJson } from '../http/wire-json'

type Fields = Readonly<Record<string, unknown>>
interface EvidenceLink {
  readonly url: string
  /** How its content type must begin. */
  readonly type: 'image/' | 'video/'
}

/** How long the platform waits for the file, and how large it may be, bytes. */
const FETCH_TIMEOUT_MS = 3_000
const MAX_BYTES = 100 * 1024 * 1024
const EVIDENCE_IN: Readonly<Record<string, (param: Fields) => readonly EvidenceLink[]>> = {
  '/afterSale/operate': ({ items }) =>
    asList(items).flatMap((item) => asList(asFields(item)['evidence']).flatMap(ofOperation)),
  '/afterSale/submitEvidence': ({ evidence }) =>
    asList(evidence).flatMap((url) => (typeof url === 'string' ? [{ url, type: 'image/' }] : [])),
}

/**
 * Evidence is sent to the platform as addresses, which its servers fetch: an address that only the sender can reach is
 * useless. Returns the addresses that gave no picture or video; each fetch is logged.
 */
export async function unfetchedEvidence(call: Call, calls: CallLog): Promise<ReadonlySet<string>> {
  const wanted = EVIDENCE_IN[call.path]?.(paramOf(call.body)) ?? []
  const came = await Promise.all(wanted.map(async (one) => ((await fetchEvidence(one, calls)) ? [] : [one.url])))
  return new Set(came.flat())
}

async function fetchEvidence({ url, type }: EvidenceLink, calls: CallLog): Promise<boolean> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const called = answer.headers.get('content-type') ?? ''
    calls.fetch({ url, status: answer.status, type: called, bytes: bytes.length })
    return answer.ok && called.startsWith(type) && bytes.length > 0 && bytes.length <= MAX_BYTES
  } catch {
    calls.fetch({ url, status: 0, type: '', bytes: 0 })
    return false
  }
}

function ofOperation(piece: unknown): EvidenceLink[] {
  const { type, url } = asFields(piece)
  if (typeof url !== 'string' || (type !== 1 && type !== 2)) return []
  return [{ url, type: type === 1 ? 'image/' : 'video/' }]
}

function paramOf(body: string): Fields {
  try {
    return asFields(readJson(body).value)
  } catch {
    return {}
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
