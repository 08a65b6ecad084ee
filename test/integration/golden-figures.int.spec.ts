import { parquetReadObjects } from 'hyparquet'
import { FollowCases } from '#analytics'
import { GOLDEN, GOLDEN_OCTOBER, at } from '../../libs/analytics/test/golden'
import { GOLDEN_FIGURES, GOLDEN_OCTOBER_FIGURES, type GoldenFigure } from '../../libs/analytics/test/golden-figures'
import { untilStreamsReadable } from '../../libs/analytics/test/follow'
import { writeCommands } from '../../libs/analytics/test/history-writer'
import { openStack, type Stack } from '../../apps/console/test/stack'
import type {
  CountedCasesPage,
  FigureRowAnswer,
  FiguresAnswer,
  MetricCatalogueAnswer,
} from '../../apps/console/src/analytics/analytics.answer'

const FOLLOWED = at(14, 12)
const WEEK = 'from=2026-11-09&to=2026-11-14'
const OCTOBER = 'from=2026-10-05&to=2026-10-10'

let stack: Stack
beforeAll(async () => {
  stack = await openStack()
  const [store] = stack.ours.stores
  await writeCommands(
    stack.database,
    [...GOLDEN, ...GOLDEN_OCTOBER].map((one) => ({ ...one, org: store.org, store: store.id })),
  )
  await untilStreamsReadable(stack.database)
  const follow = new FollowCases(stack.database)
  while ((await follow.next(FOLLOWED, [stack.ours.org, stack.theirs.org])) > 0);
})
afterAll(() => stack.close())

async function figures(asked: string, range = WEEK): Promise<FiguresAnswer> {
  const { status, text, body } = await stack.get(`/api/analytics/figures?${range}&${asked}`)
  if (status !== 200) throw new Error(text)
  return body as unknown as FiguresAnswer
}
const shown = ({ numerator, denominator, value, reason }: FigureRowAnswer): GoldenFigure =>
  reason ?? (denominator === null ? (value ?? '') : `${numerator}/${denominator}`)

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

async function csv(asked: string, range = WEEK): Promise<Record<string, string>[]> {
  const { text } = await stack.get(`/api/analytics/export?${range}&${asked}`)
  const [heading = '', ...lines] = text.trimEnd().split('\r\n')
  const names = heading.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, nth) => [names[nth], cell])))
}

async function parquet(asked: string, range = WEEK): Promise<Record<string, unknown>[]> {
  const headers = { host: 'localhost', ...(await stack.signedIn.headers()) }
  const url = `/api/analytics/export?${range}&${asked}&format=parquet`
  const { statusCode, rawPayload } = await stack.app.inject({ url, headers })
  expect(statusCode).toBe(200)
  return parquetReadObjects({ file: Uint8Array.from(rawPayload).buffer })
}

const IN_BOTH_WEEKS = [
  ...GOLDEN_FIGURES.map(([metric, expected]) => [metric, WEEK, expected] as const),
  ...GOLDEN_OCTOBER_FIGURES.map(([metric, expected]) => [metric, OCTOBER, expected] as const),
]

describe('seven cases, counted on paper', () => {
  it.each(IN_BOTH_WEEKS)('give the same %s over HTTP, as CSV and as Parquet, %s', async (metric, range, expected) => {
    const [figure] = (await figures(`metrics=${metric}`, range)).figures
    expect(figure?.rows.map(shown)).toEqual(expected)
    const lines = await csv(`metrics=${metric}`, range)
    const fromFile = lines.map(({ numerator, denominator, value, reason }) =>
      reason !== '' ? reason : denominator === '' ? Number(value) : `${numerator}/${denominator}`,
    )
    expect(fromFile).toEqual(expected)
    const fromParquet = (await parquet(`metrics=${metric}`, range)).map(({ numerator, denominator, value, reason }) =>
      reason !== null ? reason : denominator === null ? value : `${String(numerator)}/${String(denominator)}`,
    )
    expect(fromParquet).toEqual(expected)
  })

  it('a number of every metric and day is what the cases behind it add up to', async () => {
    const { items } = (await stack.get('/api/analytics/metrics')).body as unknown as MetricCatalogueAnswer
    expect(items).toHaveLength(31)
    for (const [range, { name, parts }] of [WEEK, OCTOBER].flatMap((one) =>
      items.map((item) => [one, item] as const),
    )) {
      const [figure] = (await figures(`metrics=${name}`, range)).figures
      for (const { period, ...row } of figure?.rows ?? [])
        for (const part of parts.filter((one) => one !== 'minus')) {
          const { body } = await stack.get(
            `/api/analytics/cases?metric=${name}&part=${part}&from=${period}&to=${nextDay(period)}`,
          )
          const { items: cases } = body as unknown as CountedCasesPage
          expect([name, part, period, cases.reduce((sum, { adds }) => sum + adds, 0)]).toEqual([
            ...[name, part, period],
            row[part as 'numerator'],
          ])
        }
    }
  }, 60_000)

  it('a cell leads to its cases, each with its page, page by page', async () => {
    const url = `/api/analytics/cases?metric=cases&${WEEK}&filter=reason_first:no-reason&limit=1`
    const first = (await stack.get(url)).body as unknown as CountedCasesPage
    const second = (await stack.get(`${url}&cursor=${first.next}`)).body as unknown as CountedCasesPage
    const all = [...first.items, ...second.items]
    expect([all.map(({ caseNumber, day, adds }) => [caseNumber, day, adds]), second.next]).toEqual([
      [
        ['G4', '2026-11-11', 1],
        ['G1', '2026-11-10', 1],
      ],
      null,
    ])
    for (const { caseId } of all) expect((await stack.get(`/api/cases/${caseId}/events`)).status).toBe(200)
  })

  it('are divided by store with its name, and compared with the time before', async () => {
    const answer = await figures('metrics=cases,refunded_of_asked&grain=week&dimension=store&compare=true')
    const [store] = stack.ours.stores
    expect(answer.members).toEqual([{ value: String(store.id), name: store.name }])
    expect(answer.figures.map(({ rows }) => rows.map((row) => [shown(row), row.before?.value]))).toEqual([
      [[4, 0]],
      [['15000/18000', null]],
    ])
    expect(answer).toMatchObject({ asOf: new Date(FOLLOWED).toISOString(), timeZone: 'Asia/Shanghai', grain: 'week' })
    expect(answer.position).toMatch(/^\d+\/[0-9a-f-]{36}$/)
  })
})

describe('whose figures', () => {
  const asAnalyst = (stores: readonly number[]) => ({
    operator: { login: `analyst-${stores.join('-')}`, role: 'analyst', stores } as const,
  })
  const casesOf = async (stores: readonly number[]) => {
    const { body } = await stack.operator.get(`/api/analytics/figures?${WEEK}&metrics=cases`, asAnalyst(stores))
    return (body as unknown as FiguresAnswer).figures[0]?.rows.map(({ value }) => value)
  }

  it('a person of one store gets the sum over that store only, and its cases only', async () => {
    const [first, second] = stack.ours.stores
    expect(await casesOf([first.id])).toEqual([0, 3, 1, 0, 0])
    expect(await casesOf([second.id])).toEqual([0, 0, 0, 0, 0])
    const filtered = `/api/analytics/figures?${WEEK}&metrics=cases&grain=week&filter=store:${first.id}`
    const { body } = await stack.operator.get(filtered, asAnalyst([second.id]))
    expect((body as unknown as FiguresAnswer).figures[0]?.rows.map(({ value }) => value)).toEqual([0])
    const behind = `/api/analytics/cases?metric=cases&${WEEK}`
    expect((await stack.operator.get(behind, asAnalyst([first.id]))).body['items']).toHaveLength(4)
    expect((await stack.operator.get(behind, asAnalyst([second.id]))).body['items']).toEqual([])
  })

  it('another organisation sees nothing of it', async () => {
    const headers = { host: 'localhost', ...(await stack.neighbour.headers()) }
    const rows = (await stack.get(`/api/analytics/figures?${WEEK}&metrics=cases`, headers)).body
    expect((rows as unknown as FiguresAnswer).figures[0]?.rows.map(({ value }) => value)).toEqual([0, 0, 0, 0, 0])
    expect((await stack.get(`/api/analytics/cases?metric=cases&${WEEK}`, headers)).body['items']).toEqual([])
  })

  it('an export is for those who may export, and is in the audit with its position before it is sent', async () => {
    const url = `/api/analytics/export?${WEEK}&metrics=cases`
    const agent = { operator: { login: 'agent', role: 'after-sale-agent' } } as const
    expect((await stack.operator.get(url, agent)).body['code']).toBe('forbidden')
    await csv('metrics=cases,refunded_fen&grain=week')
    const [entry] = await stack.database.query<{ details: object }[]>(
      `SELECT details FROM audit_entry WHERE org = $1 AND action = 'figures.exported' ORDER BY n DESC LIMIT 1`,
      [stack.ours.org],
    )
    expect(entry?.details).toEqual({
      ...{ metrics: ['cases', 'refunded_fen'], from: '2026-11-09', to: '2026-11-14', grain: 'week', dimension: 'none' },
      ...{ format: 'csv', reader: 'program', rows: 2, position: (await figures('metrics=cases')).position },
    })
  })
})

describe('a question without a right answer', () => {
  it.each([
    ['UnknownDimension', 'figures', 'metrics=cases&dimension=deadline'],
    ['UnknownDimension', 'figures', 'metrics=cases&filter=__proto__:x'],
    ['OneDimensionAtATime', 'figures', 'metrics=cases&dimension=reason&filter=outcome:refunded'],
    ['UnknownPart', 'cases', 'metric=cases&part=denominator'],
  ])('is refused with %s', async (reason, path, asked) => {
    const { status, body } = await stack.get(`/api/analytics/${path}?${WEEK}&${asked}`)
    expect([status, body['code'], body['reason']]).toEqual([400, 'no-right-answer', reason])
  })

  it.each([
    ['no-right-answer', 'figures?from=2020-01-01&to=2026-01-01&metrics=cases'],
    ['no-right-answer', `figures?from=2026-02-30&to=2026-03-05&metrics=cases`],
    ['not-understood', `figures?${WEEK}&metrics=profit`],
    ['not-understood', `export?${WEEK}&metrics=cases&format=xlsx`],
    ['not-understood', `figures?${WEEK}&metrics=cases&timeZone=Europe/Berlin`],
    ['wrong-cursor', `cases?${WEEK}&metric=cases&cursor=WzFd`],
  ])('is refused with the code %s', async (code, asked) => {
    const { status, body } = await stack.get(`/api/analytics/${asked}`)
    expect([status, body['code']]).toEqual([400, code])
  })
})
