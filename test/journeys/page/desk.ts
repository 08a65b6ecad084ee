import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { Identity } from '#access'
import { Directory, openIdentity, openVault } from '#access'
import { WakeUps } from '#event-store'
import { runtimeOn } from '#runtime'
import { enterUrl } from '../../../apps/console/src/session/owner-links'
import { serveConsole } from '../../../apps/console/src/serve'
import type { SimulatorOptions } from '../../../apps/simulator/src/simulator'
import { findChromium } from '../../find-chromium.cjs'
import { freshDatabase } from '../../postgres/database'
import type { Deployment } from '../../support/in-process-deployment'
import { TEST_KEY, openDeployment } from '../../support/in-process-deployment'
import { inviteColleague, sessionCookie } from './colleague'
import { Watcher } from './watcher'

/** An operator's desk: the whole stack, the console, and a browser that shows its page. */
export interface Desk {
  readonly deployment: Deployment
  readonly url: string
  readonly page: Page
  readonly watcher: Watcher
  get<T>(path: string): Promise<T>
  /** The page of a colleague, in a browser of their own. */
  openColleague(login: string): Promise<Page>
  /** Ends the time in which an action that costs money can be withdrawn. */
  endUndoWindows(): Promise<unknown>
  close(): Promise<void>
}

/** Long enough for a test to withdraw a refund on a slow machine; `endUndoWindows` ends it. */
const UNDO_MS = 60_000
const BUILT_PAGE = join(__dirname, '../../../apps/console/web/dist/index.html')
const SCREEN = {
  viewport: { width: 1440, height: 900 },
  locale: 'zh-CN',
  // Not the zone of the merchants: the page must show their times all the same.
  timezoneId: 'America/New_York',
}
/** No sandbox, as tests may run as root; no requests of the browser's own. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @throws Error that says what to do, if there is no browser or no built page */
export async function openDesk(seed: string, options: Partial<SimulatorOptions> = {}): Promise<Desk> {
  const executablePath = findChromium()
  if (executablePath === undefined)
    throw new Error('No Chromium was found to show the page with; CHROMIUM_PATH names one.')
  if (!existsSync(BUILT_PAGE)) throw new Error('The page has not been built. `npm start` or `npm test` builds it.')
  const closeSteps: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const step of closeSteps.reverse()) await step()
  }
  try {
    const fresh = await freshDatabase()
    closeSteps.push(() => fresh.drop())
    const evidenceFolder = await mkdtemp(join(tmpdir(), 'shouhou-desk-'))
    closeSteps.push(() => rm(evidenceFolder, { recursive: true }))
    const deployment = await openDeployment(fresh.url, { seed, ...options }, 1_000, 0, evidenceFolder)
    closeSteps.push(() => deployment.close())
    const { url, loginUrl, identity } = await openConsole(fresh.url, deployment, closeSteps)
    const browser: Browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS })
    closeSteps.push(() => browser.close())
    const page = await browser.newPage(SCREEN)
    page.setDefaultTimeout(40_000)
    const watcher = new Watcher(page, url)
    await page.goto(loginUrl)
    await page.waitForURL(`${url}/`)
    const get = async <T>(path: string): Promise<T> =>
      (await page.context().request.get(`${url}${path}`)).json() as Promise<T>
    const openColleague = async (login: string): Promise<Page> => {
      const context = await browser.newContext(SCREEN)
      await context.addCookies([sessionCookie(url, await inviteColleague(identity, page, login))])
      const colleague = await context.newPage()
      colleague.setDefaultTimeout(40_000)
      return colleague
    }
    const endUndoWindows = (): Promise<unknown> => deployment.database.query('UPDATE effect SET not_before = 0')
    return { deployment, url, page, watcher, get, openColleague, endUndoWindows, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openConsole(
  databaseUrl: string,
  { database, simulator, evidence }: Deployment,
  closeSteps: (() => Promise<unknown>)[],
): Promise<{ readonly url: string; readonly loginUrl: string; readonly identity: Identity }> {
  const vault = openVault(TEST_KEY)
  const directory = new Directory(database, vault)
  const [organisation] = (await directory.current()).organisations
  if (organisation === undefined) throw new Error('no organisation is registered')
  const wakeUps = new WakeUps(databaseUrl)
  await wakeUps.start()
  closeSteps.push(() => wakeUps.stop())
  const clock = (): number => simulator.clock.now()
  const identity = openIdentity({ database, vault })
  const runtime = runtimeOn({ app: 'console', database, vault, directory, wakeUps, clock })
  const options = { identity, evidence, undoMs: UNDO_MS, insecureHosts: ['127.0.0.1'] }
  const app = await serveConsole(runtime, options, { host: '127.0.0.1', port: 0 })
  closeSteps.push(() => app.close())
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1')
  const { token } = await identity.links.demoLink(organisation.id)
  return { url, loginUrl: enterUrl(url, token), identity }
}
