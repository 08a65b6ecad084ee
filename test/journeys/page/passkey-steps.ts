import type { CDPSession, Page } from 'playwright-core'
import type { Desk } from './desk'
import { Watcher } from './watcher'

const PASSWORD = 'the kettle sings at seven'

/** A colleague at a browser of their own whose device has a passkey: Chromium's virtual authenticator. */
export class PasskeyOwner {
  private constructor(
    readonly page: Page,
    readonly watcher: Watcher,
    private readonly url: string,
    private readonly devtools: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** Invited by the owner of the desk; logged in, on the page of the account. */
  static async join(desk: Desk): Promise<PasskeyOwner> {
    // Browsers have passkeys for host names only.
    const url = desk.url.replace('127.0.0.1', 'localhost')
    const { request } = desk.page.context()
    const proven = await request.post(`${desk.url}/api/session/proof`, { data: { password: '' } })
    const invited = await request.post(`${desk.url}/api/people/invitations`, {
      data: { role: 'finance', stores: null, login: 'mei' },
    })
    if (!proven.ok() || !invited.ok()) throw new Error(`not invited: ${await invited.text()}`)
    const { path } = (await invited.json()) as { path: string }
    const browser = desk.page.context().browser()
    if (browser === null) throw new Error('the desk has no browser')
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    page.setDefaultTimeout(40_000)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
        ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    })
    const owner = new PasskeyOwner(page, new Watcher(page, url), url, devtools, authenticatorId)
    await page.goto(`${url}${path}`)
    await page.getByLabel('显示给同事的姓名').fill('梅')
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '进入' }).click()
    await page.locator('header.top').waitFor()
    await owner.openAccount()
    return owner
  }

  async openAccount(): Promise<void> {
    await this.page.goto(`${this.url}/account`)
    await this.page.getByRole('button', { name: '添加通行密钥' }).waitFor()
  }

  /** Answers the recovery codes, which are shown once. */
  async addPasskey(name: string): Promise<string[]> {
    await this.page.getByRole('button', { name: '添加通行密钥' }).click()
    await this.page.getByLabel('名称').fill(name)
    await this.page.getByRole('button', { name: '继续' }).click()
    const codes = (await this.page.locator('.once-text').innerText()).split('\n')
    await this.page.getByRole('dialog').locator('.ant-modal-footer button').last().click()
    return codes
  }

  /** Logs out, and in again with the password; the second factor is then asked for. */
  async logInAgain(): Promise<void> {
    await this.page.request.delete(`${this.url}/api/session`)
    await this.page.goto(`${this.url}/account`)
    await this.page.getByLabel('登录名或邮箱').fill('mei')
    await this.page.getByLabel('密码').fill(PASSWORD)
    await this.page.getByRole('button', { name: '登录', exact: true }).click()
    await this.page.getByRole('button', { name: '使用通行密钥' }).waitFor()
  }

  /** Whether the device recognises the finger. */
  async recognise(isUserVerified: boolean): Promise<void> {
    await this.devtools.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified })
  }

  async leave(): Promise<void> {
    await this.page.context().close()
  }
}
