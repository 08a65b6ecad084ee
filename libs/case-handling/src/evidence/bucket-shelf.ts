import type { Shelf } from './evidence-store'
import { groupByPiece, isOver, markOf, readMark } from './marks'
import type { Credentials, ToSign } from './sign-v4'
import { signed } from './sign-v4'

/** A bucket of any S3-compatible store. `endpoint` is its address without the bucket; secrets come from settings. */
export interface BucketSettings extends Credentials {
  readonly endpoint: string
  readonly bucket: string
}

export class BucketTrouble extends Error {
  /** `code`: the store's status; nothing of its text, which may name keys. */
  constructor(readonly code: number) {
    super(`the bucket answered ${code}`)
  }
}

const NOTHING = Buffer.alloc(0)
const PATIENCE_MS = 60_000
const DIGEST = /^[0-9a-f]{64}$/

/**
 * Evidence in a bucket. A bucket has no rename, so a sweeper holds the bytes while it removes them and restores them if
 * they were marked in the meantime; a writer marks first and then always writes. A piece can only be lost if it is
 * added again at the moment of its removal while the sweeper dies: two accidents within one second.
 */
export function bucketShelf(settings: BucketSettings, now: () => number = Date.now): Shelf {
  const { endpoint, bucket } = settings

  async function ask(
    method: ToSign['method'],
    key: string,
    body: Buffer = NOTHING,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const url = new URL(`${endpoint.replace(/(?<!\/)\/+$/, '')}/${bucket}/${key}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const answer = await fetch(url, {
      method,
      headers: await signed({ method, url, body }, settings, now()),
      ...(method === 'PUT' ? { body: new Uint8Array(body) } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!answer.ok && answer.status !== 404) {
      await answer.body?.cancel()
      throw new BucketTrouble(answer.status)
    }
    return answer
  }

  async function get(key: string): Promise<Buffer | undefined> {
    const answer = await ask('GET', key)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return answer.status === 404 ? undefined : bytes
  }

  async function put(key: string, bytes: Buffer): Promise<void> {
    const answer = await ask('PUT', key, bytes)
    await answer.body?.cancel()
    if (answer.status === 404) throw new BucketTrouble(404)
  }

  const remove = async (key: string): Promise<void> => void (await (await ask('DELETE', key)).body?.cancel())

  /** All keys that begin so, to the last page. */
  async function list(prefix: string): Promise<string[]> {
    const keys: string[] = []
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) }
      const answer = await ask('GET', '', NOTHING, query)
      const xml = await answer.text()
      if (answer.status === 404) throw new BucketTrouble(404)
      keys.push(...elementsOf(xml, 'Key'))
      token = elementsOf(xml, 'NextContinuationToken')[0]
    }
    return keys
  }

  /** `false`: it was marked in the meantime, and is restored. */
  async function leaves(key: string, at: number): Promise<boolean> {
    const held = await get(key)
    await remove(key)
    const untils = (await list(key)).flatMap((name) => readMark(baseOf(name))?.until ?? [])
    if (isOver(untils, at) || held === undefined) return true
    await put(key, held)
    return false
  }

  return {
    async put(key, sealed, keepUntil) {
      await put(markOf(key, keepUntil), NOTHING)
      await put(key, sealed)
    },
    get,
    replace: put,
    async keep(key, until) {
      if ((await ask('HEAD', key)).status === 404) return false
      await put(markOf(key, until), NOTHING)
      return (await ask('HEAD', key)).status !== 404
    },
    async sweep(at) {
      let gone = 0
      const keys = await list('')
      for (const [folder, inside] of byFolder(keys))
        for (const [digest, { untils, lies }] of groupByPiece(inside, (name) =>
          DIGEST.test(name) ? name : undefined,
        )) {
          if (lies && isOver(untils, at)) {
            if (!(await leaves(folder + digest, at))) continue
            gone += 1
          }
          for (const until of untils) if (until <= at) await remove(markOf(folder + digest, until))
        }
      return gone
    },
  }
}

const baseOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** Two organisations may keep the same piece, each for itself. */
function byFolder(keys: readonly string[]): ReadonlyMap<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const key of keys) {
    const folder = key.slice(0, key.length - baseOf(key).length)
    const inside = folders.get(folder) ?? []
    inside.push(baseOf(key))
    folders.set(folder, inside)
  }
  return folders
}

/** The texts of all elements of a name; keys of ours hold nothing that XML would write otherwise. */
function elementsOf(xml: string, name: string): string[] {
  return xml
    .split(`<${name}>`)
    .slice(1)
    .map((rest) => rest.slice(0, Math.max(0, rest.indexOf(`</${name}>`))).replaceAll('&amp;', '&'))
}
