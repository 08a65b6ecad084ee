import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import { applyForAllKinds } from './page/applications'
import { type Desk, openDesk } from './page/desk'
import { PasskeyOwner } from './page/passkey-steps'
import { Screen } from './page/screen'

/** The source of axe, which is run inside the page. */
const AXE_SCRIPT = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const LANGUAGES = ['zh', 'en'] as const
const THEMES = ['light', 'dark'] as const

/** Every screen by its path, with a selector that matches once it is shown. */
const SCREENS: readonly (readonly [string, string])[] = [
  ['/', '.case-row'],
  ['/tasks', 'main h1, .page h1'],
  ['/batches', '.page h1'],
  ['/quarantine', '.page h1'],
  ['/stores', '.page h1'],
  ['/analytics', '.cards'],
  ['/people', '.ledger'],
  ['/keys', '.page h1'],
  ['/audit', '.ledger'],
  ['/account', '.panel'],
]

describe('the page under WCAG 2.2 AA, checked by axe', () => {
  let desk: Desk
  let screen: Screen
  let caseId: string

  beforeAll(async () => {
    desk = await openDesk('accessible')
    screen = new Screen(desk.page, desk.url)
    applyForAllKinds(desk.deployment.simulator.world, 12)
    await screen.open('/')
    await screen.untilCount('us', (n) => n === 12)
    const { items } = await desk.get<{ items: { caseId: string }[] }>('/api/queue?limit=1')
    caseId = items[0]?.caseId ?? ''
  }, 300_000)
  afterAll(() => desk.close(), 120_000)

  /** Serious and critical findings of what is on the screen now, each with the element. */
  const findings = async (page = desk.page): Promise<string[]> => {
    await page.evaluate(AXE_SCRIPT)
    const { violations } = await page.evaluate<AxeResults>(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] })`,
    )
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
      )
  }
  const open = async (path: string, landmark: string, language: string): Promise<void> => {
    await screen.open(`${path}?lang=${language}`)
    await desk.page.locator(landmark).first().waitFor()
  }

  describe.each(LANGUAGES)('in the language %s', (language) => {
    it.each(THEMES)(
      'has no serious violation on any screen in the %s theme',
      async (theme) => {
        await desk.page.emulateMedia({ colorScheme: theme })
        const found: string[] = []
        for (const [path, landmark] of [...SCREENS, [`/cases/${caseId}`, '.verdicts'] as const]) {
          await open(path, landmark, language)
          found.push(...(await findings()).map((line) => `${path} ${line}`))
          // A text whose variable is not given shows it as it is.
          if ((await desk.page.locator('body').innerText()).includes('{{')) found.push(`${path} shows a variable`)
        }
        expect(found).toEqual([])
      },
      240_000,
    )

    it('has no serious violation in the dialog of an action and in the menus', async () => {
      await open(`/cases/${caseId}`, '.verdicts', language)
      await desk.page.locator('.buttons button.ant-btn-dangerous').first().click()
      await desk.page.getByRole('dialog').locator('textarea').waitFor()
      expect(await findings()).toEqual([])
    }, 120_000)
  })

  it('lets a person add a passkey, log in and confirm with it, without a serious violation on the way', async () => {
    const mei = await PasskeyOwner.join(desk)
    expect(await mei.addPasskey('笔记本')).toHaveLength(10)
    await mei.page.getByText('笔记本').waitFor()
    expect(await findings(mei.page)).toEqual([])
    await mei.logInAgain()
    expect(await findings(mei.page)).toEqual([])
    await mei.recognise(false)
    await mei.page.getByRole('button', { name: '使用通行密钥' }).click()
    await mei.page.getByText('没有确认').waitFor()
    await mei.recognise(true)
    await mei.page.getByRole('button', { name: '使用通行密钥' }).click()
    await mei.page.getByRole('button', { name: '移除 笔记本' }).waitFor()
    await desk.deployment.database.query('UPDATE session SET reauthenticated_at = 0')
    await mei.page.getByRole('button', { name: '移除 笔记本' }).click()
    await mei.page.getByRole('dialog').getByRole('button', { name: '移除' }).click()
    await mei.page.getByRole('dialog').getByRole('button', { name: '使用通行密钥' }).click()
    await mei.page.getByText('笔记本').first().waitFor({ state: 'detached' })
    // Refused requests that the page repeats after the proof are logged by the browser itself.
    expect(mei.watcher.complaints.filter((line) => !line.includes('403'))).toEqual([])
    await mei.leave()
  }, 120_000)

  it('canary: is reported if a picture has no text', async () => {
    await open('/tasks', '.page h1', 'en')
    await desk.page.evaluate("document.querySelector('main, .page').append(new Image(10, 10))")
    expect((await findings()).map((line) => line.split(':')[0])).toContain('image-alt')
  }, 60_000)
})
