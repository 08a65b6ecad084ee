/** A connector or a set of fixtures that breaks a promise is detected by the suite, each by a test of its own. */
import { skeleton } from '../../skeleton'
import { fixtures } from '../../skeleton/samples/contract'
import type { Connector } from '../connector'
import type { Inbound } from '../inbound'
import type { Outbound } from '../outbound'
import type { ConnectorFixtures } from './fixtures'
import { missingFixtures } from './fixtures'
import { connectorContract } from '.'

type Run = () => unknown
type Each = (rows: readonly unknown[]) => (title: string, run: (...row: unknown[]) => unknown) => void

/** The titles of those tests of the suite that fail; only those whose title matches are run. */
async function runFailingTests(
  connector: Connector,
  changedFixtures: ConnectorFixtures,
  titlePattern: RegExp,
): Promise<readonly string[]> {
  const tests: { readonly title: string; readonly run: Run }[] = []
  const add = (title: string, run: Run): void => void tests.push({ title, run })
  const each: Each = (rows) => (title, run) =>
    rows.forEach((row) => {
      const values: readonly unknown[] = Array.isArray(row) ? row : [row]
      add(
        values.reduce<string>((text, value) => text.replace(/%[sj]/, String(value)), title),
        () => run(...values),
      )
    })
  const globals = globalThis as unknown as Record<string, unknown>
  const realGlobals = { it: globals['it'], describe: globals['describe'] }
  Object.assign(globals, { it: Object.assign(add, { each }), describe: (_: string, body: () => void) => body() })
  try {
    connectorContract('canary', connector, changedFixtures)
  } finally {
    Object.assign(globals, realGlobals)
  }
  const selectedTests = tests.filter(({ title }) => titlePattern.test(title))
  expect(selectedTests.length).toBeGreaterThan(0)
  const failed: string[] = []
  for (const { title, run } of selectedTests)
    try {
      await run()
    } catch {
      failed.push(title)
    }
  return failed
}

const withInbound = (change: Partial<Inbound>): Connector => ({
  ...skeleton,
  inbound: { ...skeleton.inbound, ...change },
})
const withOutbound = (change: Partial<Outbound>): Connector => ({
  ...skeleton,
  outbound: { ...skeleton.outbound, ...change },
})
const refused = { type: 'refused', code: 'no', text: '' } as const
const { receive, translate } = skeleton.inbound
const { perform, read } = skeleton.outbound

it.each<[string, Connector, RegExp]>([
  [
    'treats every delivery as forged',
    withInbound({ receive: () => ({ type: 'forged', why: '', answer: { status: 401, body: '' } }) }),
    /accepts what the marketplace signed/,
  ],
  [
    'treats every delivery as genuine',
    withInbound({
      receive: ({ body }, app) =>
        receive(fixtures.signing === 'no-http-pushes' ? { headers: {}, body } : fixtures.signing.sign(body, app), app),
    }),
    /refuses the body alone/,
  ],
  [
    'understands nothing',
    withInbound({ translate: () => ({ type: 'unintelligible', why: 'no' }) }),
    /is understood|knows the official code/,
  ],
  [
    'maps an unknown code to a plausible one',
    withInbound({
      translate: (message) =>
        translate({ ...message, raw: message.raw.replace('"case_status":99', '"case_status":1') }),
    }),
    /names what it does not know: case_status 99/,
  ],
  ['refuses every action', withOutbound({ perform: () => Promise.resolve(refused) }), /an action answered with yes is/],
  ['refuses every read', withOutbound({ read: () => Promise.resolve(refused) }), /reads a case as what it is/],
  [
    'treats every action as done',
    withOutbound({ perform: () => Promise.resolve({ type: 'done' }) }),
    /an action answered with too many calls is/,
  ],
  [
    'sends an action twice',
    withOutbound({ perform: async (...order) => (await perform(...order), perform(...order)) }),
    /an action is sent once/,
  ],
  [
    'shows the raw answer',
    withOutbound({
      read: async (...ref) => {
        const answer = await read(...ref)
        return answer.type === 'ok' ? answer : { ...refused, text: ref[1].accessToken }
      },
    }),
    /never shows a secret/,
  ],
])('a connector that %s is detected', async (_, connector, titlePattern) => {
  expect(await runFailingTests(skeleton, fixtures, titlePattern)).toEqual([])
  expect(await runFailingTests(connector, fixtures, titlePattern)).not.toEqual([])
})

describe('fixtures that leave something out', () => {
  const { reading: _reading, ...unread } = fixtures
  const { performing: _acting, ...idle } = fixtures
  const withoutAnswers = <T extends { readonly expectedType: string }>(
    answers: readonly T[],
    type: string,
  ): readonly T[] => answers.filter(({ expectedType }) => expectedType !== type)

  it.each<[string, ConnectorFixtures, string]>([
    ['reading', unread, 'reading: the connector has endpoints'],
    ['performing', idle, 'performing: the manifest has calls'],
    ['codes', { ...fixtures, codes: [] }, 'codes: none'],
    ['unknown codes', { ...fixtures, unknown: [] }, 'unknown: none'],
    ['what is observed', { ...fixtures, samples: [] }, 'samples: none gives observed'],
    ['the other channels', { ...fixtures, sameCase: 'one-channel' }, 'sameCase: more than one channel reports a case'],
    ...(fixtures.performing === undefined
      ? []
      : [
          [
            'an action that is done',
            {
              ...fixtures,
              performing: { ...fixtures.performing, answers: withoutAnswers(fixtures.performing.answers, 'done') },
            },
            'performing: none gives done',
          ] as [string, ConnectorFixtures, string],
        ]),
  ])('are detected: %s', async (_, changedFixtures, why) => {
    expect(missingFixtures(skeleton, changedFixtures)).toEqual([why])
    expect(await runFailingTests(skeleton, changedFixtures, /leaves nothing out/)).toHaveLength(1)
  })

  it('may leave out acting where no action has a call, and reading where there is no address', () => {
    const { endpoints: _addresses, ...unreached } = skeleton
    const manifest = Object.fromEntries(
      Object.entries(skeleton.manifest).map(([name, capability]) => [name, { ...capability, way: 'NONE' }]),
    ) as Connector['manifest']
    const { reading: _, performing: __, ...neither } = fixtures
    expect(missingFixtures({ ...unreached, manifest }, neither)).toEqual([])
  })

  it('are detected where something is declared as not reported, and is reported', async () => {
    const changedFixtures: ConnectorFixtures = {
      ...fixtures,
      notReported: [...(fixtures.notReported ?? []), 'a deadline'],
    }
    expect(await runFailingTests(skeleton, changedFixtures, /no channel reports/)).toEqual([
      'no channel reports a deadline',
    ])
  })
})
