import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { applyForAllKinds } from './page/applications'
import { type Desk, openDesk } from './page/desk'
import { Screen, eventually } from './page/screen'

const HOUR = 3_600_000
const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1440, height: 900 }
/** A folder that a picture of every page is written to, for people to look at. */
const SCREENSHOT_FOLDER = process.env['SCREENSHOTS']

type Row = { readonly caseId: string; readonly amountFen: number; readonly refundedFen: number | null }
type CaseAnswer = { readonly amounts: { readonly refundedFen: number | null; readonly totalFen: number | null } }

describe('the page on a phone', () => {
  let desk: Desk
  let screen: Screen
  const paths = new Map<string, string>()
  const rowsOf = async (query: string): Promise<readonly Row[]> =>
    (await desk.get<{ items: Row[] }>(`/api/queue?limit=100&${query}`)).items

  beforeAll(async () => {
    desk = await openDesk('narrow')
    screen = new Screen(desk.page, desk.url)
    const { faults, world } = desk.deployment.simulator
    applyForAllKinds(world, 24)
    await screen.open('/')
    await screen.untilCount('us', (n) => n === 24)
    faults.set({ unknownStatuses: 1 })
    world.apply({ kind: 'refund-only-shipped', quiet: true })
    await screen.open('/quarantine')
    const item = desk.page.locator('.split-list .item').first()
    await item.waitFor({ timeout: 20_000 }).finally(() => faults.clear())
    await item.click()
    await desk.page.locator('.raw-text').waitFor()
    const [first] = await rowsOf('turn=us&kind=return-and-refund')
    paths
      .set('queue', '/')
      .set('a case', `/cases/${first?.caseId ?? ''}`)
      .set('stores', '/stores')
      .set('people', '/people')
      .set('account', '/account')
      .set('audit', '/audit')
    paths.set('quarantine', '/quarantine').set('a quarantined message', new URL(desk.page.url()).pathname)
  }, 300_000)
  afterAll(() => desk.close(), 120_000)

  /** Opens a page and waits until its content is shown. */
  async function openPage(name: string, size: typeof PHONE, language: string): Promise<void> {
    await desk.page.setViewportSize(size)
    await screen.open(`${paths.get(name) ?? ''}?lang=${language}`)
    await desk.page.locator('.case-row, .facts, .raw-text, .split-list .item, tbody tr').first().waitFor()
    await desk.page.evaluate('document.fonts.ready.then(() => undefined)')
    if (SCREENSHOT_FOLDER === undefined) return
    mkdirSync(SCREENSHOT_FOLDER, { recursive: true })
    const file = `${name.replaceAll(' ', '-')}-${size.width}-${language}.png`
    await desk.page.screenshot({ path: join(SCREENSHOT_FOLDER, file) })
  }

  /** Right edges, pixels, of what must be seen in the header; what is not shown at all has none. */
  const edges = async (): Promise<readonly (readonly [string, number | undefined, number | undefined])[]> =>
    Promise.all(
      ['.brand', 'nav a >> nth=0', 'nav a >> nth=1', 'nav a >> nth=2', '.freshness', '.live', '.language'].map(
        async (part) => {
          const box = await desk.page.locator('header.top').locator(part).boundingBox()
          return [part, box?.x, box === null ? undefined : box.x + box.width] as const
        },
      ),
    )

  describe.each(['queue', 'a case', 'quarantine', 'a quarantined message', 'stores', 'people', 'account', 'audit'])(
    'the screen %s',
    (name) => {
      it.each([
        [PHONE, 'zh'],
        [PHONE, 'en'],
        [DESKTOP, 'zh'],
        [DESKTOP, 'en'],
      ])(
        'fits %j in %s: nothing is cut off, and only tables and tabs scroll sideways (fault D4)',
        async (size, language) => {
          await openPage(name, size, language)
          expect(await desk.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width)
          const inner = await desk.page.evaluate("document.querySelector('main').scrollWidth")
          expect(inner).toBeLessThanOrEqual(size.width)
          const [brand, button] = await Promise.all(
            ['.brand', '.language'].map((part) => desk.page.locator(`header.top ${part}`).boundingBox()),
          )
          expect(Math.abs((brand?.y ?? 0) - (button?.y ?? Infinity))).toBeLessThan(16)
          for (const [part, left, right] of await edges()) {
            expect([part, left !== undefined && left >= 0]).toEqual([part, true])
            expect([part, (right ?? Infinity) <= size.width]).toEqual([part, true])
          }
        },
      )
    },
  )

  it('has its tabs in one line, and the last is reached by scrolling them (fault D4)', async () => {
    await openPage('queue', PHONE, 'zh')
    const tabs = desk.page.getByRole('tab')
    const tops = await Promise.all((await tabs.all()).map(async (tab) => (await tab.boundingBox())?.y))
    expect(new Set(tops).size).toBe(1)
    await tabs.last().scrollIntoViewIfNeeded()
    const box = await tabs.last().boundingBox()
    expect((box?.x ?? Infinity) + (box?.width ?? Infinity)).toBeLessThanOrEqual(PHONE.width)
    await tabs.last().click()
    expect(await tabs.last().getAttribute('aria-selected')).toBe('true')
  })

  it('shows in a row the time left, the case and the amount without scrolling, and opens the case (fault D4)', async () => {
    await openPage('queue', PHONE, 'zh')
    const row = screen.rows.first()
    for (const part of ['.countdown', 'a.number', '.money']) {
      const box = await row.locator(part).first().boundingBox()
      expect((box?.x ?? Infinity) + (box?.width ?? Infinity)).toBeLessThanOrEqual(PHONE.width)
    }
    await row.click()
    await desk.page.locator('.case-head').waitFor()
  })

  it('shows what was actually refunded beside what was asked, in both languages, and says when it is unknown (fault A9)', async () => {
    await openPage('a case', DESKTOP, 'zh')
    expect(await desk.page.getByTestId('amount-refunded').innerText()).toMatch(/实际退款\s*(?:未知|—)/)
    desk.deployment.simulator.clock.advance(49 * HOUR)
    const known = (rows: readonly Row[]): Row | undefined => rows.find(({ refundedFen }) => refundedFen !== null)
    const rows = await eventually(
      () => rowsOf('turn=nobody'),
      (shown) => known(shown) !== undefined,
      60_000,
    )
    const refunded = known(rows)
    expect(refunded?.refundedFen).toBe(refunded?.amountFen)
    const { amounts } = await desk.get<CaseAnswer>(`/api/cases/${refunded?.caseId ?? ''}`)
    expect(amounts.refundedFen).toBe(refunded?.refundedFen)
    paths.set('a refunded case', `/cases/${refunded?.caseId ?? ''}`)
    const yuan = (Number(refunded?.refundedFen) / 100).toFixed(2)
    await openPage('a refunded case', DESKTOP, 'zh')
    expect(await desk.page.getByTestId('amount-refunded').innerText()).toMatch(/^实际退款/)
    await openPage('a refunded case', PHONE, 'en')
    const refundedText = await desk.page.getByTestId('amount-refunded').innerText()
    expect(refundedText).toMatch(/^Actually refunded/)
    expect(refundedText.replaceAll(/[^\d.]/g, '')).toBe(yuan)
  }, 300_000)
})
