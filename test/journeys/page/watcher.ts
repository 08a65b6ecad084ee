import type { Page, Request, Response } from 'playwright-core'

/** Records what a browser does behind its page: every answer of the API, every error, every request to another host. */
export class Watcher {
  readonly complaints: string[] = []
  readonly strangers: string[] = []
  private readonly bodies: string[] = []
  private readonly coming = new Set<Promise<void>>()

  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('request', (request) => this.asked(request))
    page.on('response', (response) => this.answered(response))
  }

  /** Every answer of the API to this page, and the page as it is now. */
  async everything(): Promise<string> {
    await Promise.all(this.coming)
    return [...this.bodies, await this.page.content()].join('\n')
  }

  get answers(): number {
    return this.bodies.length
  }

  private asked(request: Request): void {
    if (!request.url().startsWith(`${this.url}/`) && !request.url().startsWith('data:'))
      this.strangers.push(request.url())
  }

  private answered(response: Response): void {
    const { pathname } = new URL(response.url())
    // Live updates never end, and name cases only.
    if (!pathname.startsWith('/api/') || pathname === '/api/live') return
    const body = response.text().then(
      (text) => void this.bodies.push(text),
      // The page went elsewhere before the answer was there.
      () => undefined,
    )
    this.coming.add(body)
    void body.then(() => this.coming.delete(body))
  }
}
