/** An existing database of an earlier version is migrated, and the console shows from it what that version showed. */
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { migrate, openDatabase } from '#event-store'
import { MESSAGING_MIGRATIONS } from '#messaging'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import type { OperatorsConsole } from '../support/in-process-console'
import { openConsole } from '../support/in-process-console'
import { ALL_MIGRATIONS } from '../support/stack'
import { differences } from './answer-differences'
import { restoreDump, unzipped } from './restore-dump'

/** As many as the database has connections: on a busy machine a request that waits long for one is answered 503. */
const AT_ONCE = 6
const FOLDER = join(__dirname, '2635223')
type Json = Parameters<typeof differences>[0]

/** `answers.json.gz`, written by `record/start.mjs`. */
interface RecordedAnswers {
  /** The instant of the answers, UTC ms. */
  readonly now: number
  /** By path and query. */
  readonly answers: Readonly<Record<string, { readonly status: number; readonly body: Json }>>
}

/** What is meant to be different today, and why. */
const DELIBERATE: readonly DeliberateDifference[] = [
  {
    url: /\/judgement$/,
    at: /^\/body\/items\/\d+\/rules: 3 items, now 4$/,
    why: 'returnReasonIsChosen also cites R122 since the shipping time of a return counts',
  },
  {
    url: /^\/api\/cases\/[^/]+$/,
    at: /^\/body\/(?:openInConsole|amounts\/legs\/\d\/(?:payer|state)): null, now undefined$/,
    why: 'members that were always null are gone',
  },
  {
    url: /\/(?:judgement|guidance|evidence)$/,
    at: /^\/body\/[^:]*\/en(?:\/[^:]*)?: "/,
    why: 'English texts have changed; the Chinese ones are compared',
  },
]

/** A difference that is meant: where it may occur, and why. */
interface DeliberateDifference {
  readonly url: RegExp
  readonly at: RegExp
  readonly why: string
}

const recorded = JSON.parse(unzipped(FOLDER, 'answers.json.gz')) as RecordedAnswers
const urls = Object.keys(recorded.answers)
/** The deliberate differences that occurred; one that never does is outdated. */
const seen = new Set<DeliberateDifference>()
function isDeliberate(url: string, difference: string): boolean {
  const found = DELIBERATE.find((one) => one.url.test(url) && one.at.test(difference))
  if (found !== undefined) seen.add(found)
  return found !== undefined
}

describe('a database that commit 2635223 wrote', () => {
  let fresh: FreshDatabase
  let database: DataSource
  let console_: OperatorsConsole
  const migrationReports: string[] = []

  beforeAll(async () => {
    fresh = await freshDatabase({ migrated: false })
    await restoreDump(fresh.url, FOLDER)
    database = await openDatabase({
      url: fresh.url,
      pool: AT_ONCE,
      migrations: [...ALL_MIGRATIONS, ...MESSAGING_MIGRATIONS],
    })
    await migrate(database, { report: (line) => void migrationReports.push(line) })
    console_ = await openConsole(
      { database, simulator: { clock: { now: () => recorded.now } }, evidence: undefined },
      fresh.url,
    )
  })
  afterAll(async () => {
    await console_.close()
    await database.destroy()
    await fresh.drop()
  })

  const unexpectedDifferences = async (url: string): Promise<string[]> => {
    const { status, body } = await console_.ask<Json>('GET', url)
    return differences(recorded.answers[url] as unknown as Json, { status, body })
      .filter((difference) => !isDeliberate(url, difference))
      .map((difference) => `${url} ${difference}`)
  }
  const expectSameAnswers = async (pattern: RegExp, atLeast: number): Promise<void> => {
    const recordedUrls = urls.filter((url) => pattern.test(url))
    expect(recordedUrls.length).toBeGreaterThanOrEqual(atLeast)
    const found: string[] = []
    const remaining = recordedUrls.values()
    const askInTurn = async (): Promise<void> => {
      for (const url of remaining) found.push(...(await unexpectedDifferences(url)))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, askInTurn))
    expect(found).toEqual([])
  }

  it('is migrated, and the console is ready', async () => {
    expect(migrationReports).toEqual([
      expect.stringMatching(/^the tables were brought up to date: .*OpenStreams1700000000133/),
    ])
    expect((await console_.ask('GET', '/readyz')).status).toBe(200)
  })

  it('shows the same queue, in all its tabs, with the same counts', () => expectSameAnswers(/^\/api\/queue/, 8))
  it('shows the same case pages', () => expectSameAnswers(/^\/api\/cases\/[^/]+$/, 60))
  it('shows the same history of each case', () => expectSameAnswers(/^\/api\/cases\/[^/]+\/events/, 60))
  it('shows the same judgement and guidance of each case', () =>
    expectSameAnswers(/^\/api\/cases\/[^/]+\/(?:judgement|guidance)/, 120))
  it('shows the same actions and tasks', () => expectSameAnswers(/^\/api\/(?:cases\/[^/]+\/actions|tasks)/, 10))
  it('shows the same appeals and evidence', () =>
    expectSameAnswers(/\/(?:appeals|evidence|evidence-wanted)(?:\?|$)/, 120))
  it('shows the same strategies, trials, grants and terms', () =>
    expectSameAnswers(/^\/api\/(?:strategies|stores\/\d+\/terms)/, 10))
  it('shows the same messages and quarantine, which are sealed', () =>
    expectSameAnswers(/^\/api\/(?:messages|quarantine)/, 10))
  it('shows the same stores, search results and freight to check', () =>
    expectSameAnswers(/^\/api\/(?:stores$|search|freight-to-check)/, 10))

  it('is compared in every recorded answer, and each deliberate difference occurs', () => {
    const tested =
      /^\/api\/(?:queue|cases|tasks|evidence-wanted|strategies|stores|messages|quarantine|search|freight-to-check)/
    expect(urls.filter((url) => !tested.test(url))).toEqual([])
    expect(DELIBERATE.filter((one) => !seen.has(one))).toEqual([])
  })
})

describe('differences, the comparison of two answers', () => {
  it.each<[string, Json, Json, string[]]>([
    ['an added member', { a: 1 }, { a: 1, b: 2 }, []],
    ['a changed value', { a: [{ b: 1 }] }, { a: [{ b: '1' }] }, ['/a/0/b: 1, now "1"']],
    ['a missing member', { a: { b: null } }, { a: {} }, ['/a/b: null, now undefined']],
    ['a missing item', { a: [1, 2] }, { a: [1] }, ['/a: 2 items, now 1']],
    ['a changed order', [1, 2], [2, 1], ['/0: 1, now 2', '/1: 2, now 1']],
    ['a changed type of value', { a: {} }, { a: [] }, ['/a: {}, now []']],
  ])('reports exactly what differs for %s', (_, before, after, found) => {
    expect(differences(before, after)).toEqual(found)
  })
})
