import { applyForAllKinds } from './page/applications'
import { type Desk, openDesk } from './page/desk'
import { Screen } from './page/screen'

/** What the browser has refused to load or to apply, by the console's content security policy. */
const VIOLATIONS = `window.violations = []; document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' ')))`

describe('the content security policy in a real browser (fault C5)', () => {
  let desk: Desk
  let screen: Screen
  const violations = (): Promise<string[]> => desk.page.evaluate('window.violations')

  beforeAll(async () => {
    desk = await openDesk('policy')
    screen = new Screen(desk.page, desk.url)
    await desk.page.addInitScript(VIOLATIONS)
    applyForAllKinds(desk.deployment.simulator.world, 12)
    await screen.open('/')
    await screen.untilCount('us', (n) => n === 12)
  }, 300_000)
  afterAll(() => desk.close(), 120_000)

  it('allows the styles of the queue: filters, lists, dark and light', async () => {
    await screen.open('/')
    await screen.choose('类型', '仅退款')
    await desk.page.emulateMedia({ colorScheme: 'dark' })
    await desk.page.locator('.case-row .countdown').first().hover()
    await desk.page.locator('.story').first().waitFor()
    await desk.page.emulateMedia({ colorScheme: 'light' })
    // Styled by a script: without the nonce a select is a block.
    const display = "getComputedStyle(document.querySelector('.ant-select')).display"
    expect(await desk.page.evaluate(display)).toBe('flex')
    expect(await violations()).toEqual([])
  })

  it('allows the styles of a case', async () => {
    await screen.open('/')
    await desk.page.locator('.case-row a.number').first().click()
    await desk.page.locator('.case-head, main h1, main h2').first().waitFor()
    expect(await violations()).toEqual([])
  })

  it.each(['/quarantine', '/stores', '/nothing-here'])('allows the styles of %s', async (path) => {
    await screen.open(path)
    await desk.page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined)
    expect(await violations()).toEqual([])
  })

  it('allows the API’s documentation, and an operation to be opened', async () => {
    await desk.page.goto(`${desk.url}/docs`)
    await desk.page.locator('.opblock-summary').first().click()
    await desk.page.locator('.opblock-body').first().waitFor()
    expect(await violations()).toEqual([])
  })

  it('has a fresh nonce in every answer, and never allows inline code', async () => {
    for (const path of ['/', '/docs']) {
      const policies = await Promise.all(
        [1, 2].map(async () => (await fetch(`${desk.url}${path}`)).headers.get('content-security-policy') ?? ''),
      )
      const nonces = policies.map((policy) => /'nonce-([\w+/=]{24})'/.exec(policy)?.[1])
      expect([new Set(nonces).size, nonces.includes(undefined)]).toEqual([2, false])
      for (const policy of policies) expect(policy).not.toContain('unsafe')
    }
  })

  it('canary: blocks inline scripts and styles that do not belong to the page', async () => {
    await screen.open('/')
    await desk.page.evaluate(`{
      const style = document.createElement('style')
      style.textContent = 'body { background: url(/canary) }'
      document.head.append(style)
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>')
      const script = document.createElement('script')
      script.textContent = 'window.canary = 1'
      document.head.append(script)
    }`)
    expect((await violations()).map((one) => one.split(' ')[0]).sort()).toEqual([
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
    ])
    expect(await desk.page.evaluate('window.canary')).toBeUndefined()
  })
})
