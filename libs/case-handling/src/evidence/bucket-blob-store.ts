import type { BlobStore } from './evidence-store'
import { groupByPiece, isExpired, retentionMarkName, readRetentionMark } from './retention-marks'
import type { Credentials, RequestToSign } from './sign-v4'
import { signedHeaders } from './sign-v4'

/** A bucket of any S3-compatible store. `endpoint` is its address without the bucket; secrets come from settings. */
export interface BucketSettings extends Credentials {
  readonly endpoint: string
  readonly bucket: string
}

export class BucketError extends Error {
  /** `code`: the store's status; nothing of its text, which may name keys. */
  constructor(readonly code: number) {
    super(`the bucket answered ${code}`)
  }
}

const EMPTY = Buffer.alloc(0)
const TIMEOUT_MS = 60_000
const DIGEST = /^[0-9a-f]{64}$/

/**
 * Evidence in a bucket. A bucket has no rename, so a sweeper holds the bytes while it removes them and restores them if
 * they were marked in the meantime; a writer marks first and then always writes. A piece can only be lost if it is
 * added again at the moment of its removal while the sweeper dies: two accidents within one second.
 */
export function bucketBlobStore(settings: BucketSettings, now: () => number = Date.now): BlobStore {
  const { endpoint, bucket } = settings

  async function request(
    method: RequestToSign['method'],
    key: string,
    body: Buffer = EMPTY,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const url = new URL(`${endpoint.replace(/(?<!\/)\/+$/, '')}/${bucket}/${key}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const response = await fetch(url, {
      method,
      headers: await signedHeaders({ method, url, body }, settings, now()),
      ...(method === 'PUT' ? { body: new Uint8Array(body) } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok && response.status !== 404) {
      await response.body?.cancel()
      throw new BucketError(response.status)
    }
    return response
  }

  async function get(key: string): Promise<Buffer | undefined> {
    const response = await request('GET', key)
    const bytes = Buffer.from(await response.arrayBuffer())
    return response.status === 404 ? undefined : bytes
  }

  async function put(key: string, bytes: Buffer): Promise<void> {
    const response = await request('PUT', key, bytes)
    await response.body?.cancel()
    if (response.status === 404) throw new BucketError(404)
  }

  const remove = async (key: string): Promise<void> => void (await (await request('DELETE', key)).body?.cancel())

  /** All keys with this prefix, from all pages. */
  async function list(prefix: string): Promise<string[]> {
    const keys: string[] = []
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) }
      const response = await request('GET', '', EMPTY, query)
      const xml = await response.text()
      if (response.status === 404) throw new BucketError(404)
      keys.push(...elementsOf(xml, 'Key'))
      token = elementsOf(xml, 'NextContinuationToken')[0]
    }
    return keys
  }

  /** `false`: it was marked in the meantime, and is restored. */
  async function removeUnlessMarked(key: string, at: number): Promise<boolean> {
    const bytes = await get(key)
    await remove(key)
    const keepUntils = (await list(key)).flatMap((name) => readRetentionMark(baseNameOf(name))?.until ?? [])
    if (isExpired(keepUntils, at) || bytes === undefined) return true
    await put(key, bytes)
    return false
  }

  return {
    async put(key, sealed, keepUntil) {
      await put(retentionMarkName(key, keepUntil), EMPTY)
      await put(key, sealed)
    },
    get,
    replace: put,
    async keep(key, until) {
      if ((await request('HEAD', key)).status === 404) return false
      await put(retentionMarkName(key, until), EMPTY)
      return (await request('HEAD', key)).status !== 404
    },
    async sweep(at) {
      let removed = 0
      const keys = await list('')
      for (const [folder, names] of byFolder(keys))
        for (const [digest, { keepUntils, hasBytes }] of groupByPiece(names, (name) =>
          DIGEST.test(name) ? name : undefined,
        )) {
          if (hasBytes && isExpired(keepUntils, at)) {
            if (!(await removeUnlessMarked(folder + digest, at))) continue
            removed += 1
          }
          for (const until of keepUntils) if (until <= at) await remove(retentionMarkName(folder + digest, until))
        }
      return removed
    },
  }
}

const baseNameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** Base names by folder: two organisations may store the same digest. */
function byFolder(keys: readonly string[]): ReadonlyMap<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const key of keys) {
    const folder = key.slice(0, key.length - baseNameOf(key).length)
    const names = folders.get(folder) ?? []
    names.push(baseNameOf(key))
    folders.set(folder, names)
  }
  return folders
}

/**
 * The contents of all elements with this name. No XML parser is needed: our keys contain no character that XML escapes,
 * and a continuation token at most `&`.
 */
function elementsOf(xml: string, name: string): string[] {
  return xml
    .split(`<${name}>`)
    .slice(1)
    .map((rest) => rest.slice(0, Math.max(0, rest.indexOf(`</${name}>`))).replaceAll('&amp;', '&'))
}
