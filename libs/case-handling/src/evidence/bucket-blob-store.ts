import type { BlobStore } from './evidence-store'
import { groupByPiece, isExpired, buildRetentionMarkName, parseRetentionMark } from './retention-marks'
import type { BucketCredentials, RequestToSign } from './sign-v4'
import { signHeaders } from './sign-v4'

/** A bucket of any S3-compatible store. `endpoint`: the store's address, without the bucket. */
export interface BucketSettings extends BucketCredentials {
  readonly endpoint: string
  readonly bucket: string
}

/** The store refused a request. The error has its HTTP status and not its text, which may contain access keys. */
export class BucketError extends Error {
  constructor(readonly code: number) {
    super(`the bucket answered ${code}`)
  }
}

const NO_BODY = Buffer.alloc(0)
/** Long enough to transfer the largest piece over a slow connection. */
const TIMEOUT_MS = 60_000
const DIGEST_PATTERN = /^[0-9a-f]{64}$/

/** A time before every mark: any mark that is there counts. */
const NO_MARK_COUNTS_AS_OVER = 0

/**
 * Evidence in a bucket. Because a bucket cannot rename, a sweeper keeps the bytes in memory while it removes them, and
 * restores them if a retention mark was added in the meantime; a writer adds the mark first and then always writes. A
 * piece is lost only if it is added again at the moment of its removal and the sweeper dies before it restores it.
 */
export function bucketBlobStore(settings: BucketSettings, now: () => number = Date.now): BlobStore {
  const { endpoint, bucket } = settings

  async function request(
    method: RequestToSign['method'],
    key: string,
    body: Buffer = NO_BODY,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const url = new URL(`${endpoint.replace(/(?<!\/)\/+$/, '')}/${bucket}/${key}`)
    for (const [element, value] of Object.entries(query)) url.searchParams.set(element, value)
    const response = await fetch(url, {
      method,
      headers: await signHeaders({ method, url, body }, settings, now()),
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

  /** All keys with this prefix; the store returns them in pages. */
  async function listKeys(prefix: string): Promise<string[]> {
    const keys: string[] = []
    for (let token: string | undefined, isFirstPage = true; isFirstPage || token !== undefined; isFirstPage = false) {
      const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) }
      const response = await request('GET', '', NO_BODY, query)
      const xml = await response.text()
      if (response.status === 404) throw new BucketError(404)
      keys.push(...readElements(xml, 'Key'))
      token = readElements(xml, 'NextContinuationToken')[0]
    }
    return keys
  }

  /** Returns `false` if the piece was restored because a retention mark was added in the meantime. */
  async function removeUnlessMarked(key: string, now: number): Promise<boolean> {
    const bytes = await get(key)
    await remove(key)
    const keepUntils = (await listKeys(key)).flatMap(
      (element) => parseRetentionMark(baseNameOf(element))?.keepUntil ?? [],
    )
    if (isExpired(keepUntils, now) || bytes === undefined) return true
    await put(key, bytes)
    return false
  }

  return {
    async put(key, sealed, keepUntil) {
      await put(buildRetentionMarkName(key, keepUntil), NO_BODY)
      await put(key, sealed)
    },
    get,
    replace: put,
    async extendRetention(key, keepUntil) {
      if ((await request('HEAD', key)).status === 404) return false
      await put(buildRetentionMarkName(key, keepUntil), NO_BODY)
      return (await request('HEAD', key)).status !== 404
    },
    async remove(key) {
      for (const mark of await listKeys(`${key}.`)) await remove(mark)
      await removeUnlessMarked(key, NO_MARK_COUNTS_AS_OVER)
    },
    async sweep(now) {
      let removed = 0
      const keys = await listKeys('')
      for (const [folder, names] of groupByFolder(keys))
        for (const [digest, { keepUntils, hasBytes }] of groupByPiece(names, (element) =>
          DIGEST_PATTERN.test(element) ? element : undefined,
        )) {
          if (hasBytes && isExpired(keepUntils, now)) {
            if (!(await removeUnlessMarked(folder + digest, now))) continue
            removed += 1
          }
          for (const keepUntil of keepUntils)
            if (keepUntil <= now) await remove(buildRetentionMarkName(folder + digest, keepUntil))
        }
      return removed
    },
  }
}

const baseNameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** Groups base names by folder: two organisations may store the same digest. */
function groupByFolder(keys: readonly string[]): ReadonlyMap<string, string[]> {
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
 * The contents of all XML elements with this name. A parser is not needed: our keys contain no character that XML
 * escapes, and a continuation token only `&`.
 */
function readElements(xml: string, element: string): string[] {
  return xml
    .split(`<${element}>`)
    .slice(1)
    .map((rest) => rest.slice(0, Math.max(0, rest.indexOf(`</${element}>`))).replaceAll('&amp;', '&'))
}
