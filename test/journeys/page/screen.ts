import type { Locator, Page } from 'playwright-core'

/** What an operator sees of the queue and does there. */
export class Screen {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`)
    await this.page.locator('header.top nav a').first().waitFor()
  }

  /** The query parameters in the address bar. */
  get parameters(): Record<string, string> {
    return Object.fromEntries(new URL(this.page.url()).searchParams)
  }

  get rows(): Locator {
    return this.page.locator('[data-testid=cases] .case-row')
  }

  /** The case numbers shown, from the top. */
  caseNumbers(): Promise<string[]> {
    return this.page.locator('[data-testid=cases] .case-row a.number').allInnerTexts()
  }

  async count(tab: string): Promise<number> {
    return Number((await this.page.getByTestId(`count-${tab}`).innerText()).replaceAll(',', ''))
  }

  /** Waits until the case numbers are accepted; after `withinMs` returns what is shown, accepted or not. */
  untilCases(accept: (shown: string[]) => boolean, withinMs?: number): Promise<string[]> {
    return eventually(() => this.caseNumbers(), accept, withinMs)
  }

  /** Waits until the page shows the given top of the queue, which still moves while details are read. */
  untilShown(readTop: () => Promise<string[]>): Promise<{ shown: string[]; top: string[] }> {
    return eventually(
      async () => ({ shown: await this.caseNumbers(), top: await readTop() }),
      ({ shown, top }) => top.length > 0 && top.every((caseNumber) => shown.includes(caseNumber)),
    )
  }

  untilCount(tab: string, accept: (count: number) => boolean, withinMs?: number): Promise<number> {
    return eventually(() => this.count(tab), accept, withinMs)
  }

  untilWords(accept: (parameters: Record<string, string>) => boolean): Promise<Record<string, string>> {
    return eventually(() => Promise.resolve(this.parameters), accept)
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name }).click()
  }

  /** Selects an option of a filter. */
  async choose(filter: string, choice: string): Promise<void> {
    await this.page.getByRole('combobox', { name: filter, exact: true }).click()
    await this.page.locator('.ant-select-item-option').getByText(choice, { exact: true }).click()
    await this.page.keyboard.press('Escape')
  }

  /** Types into the one search field and presses Enter. */
  async search(text: string): Promise<void> {
    const field = this.page.getByRole('searchbox')
    await field.fill(text)
    await field.press('Enter')
  }
}

/** Polls until the value is accepted or the timeout is over; returns the last value. */
export async function eventually<T>(
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const value = await read()
    if (accept(value) || performance.now() > deadline) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** `04:12:09` and `1天 23:59:58` as seconds; NaN if it is no countdown. */
export function secondsOf(countdown: string): number {
  const found = /^(?:(\d+)天 )?(\d\d):(\d\d):(\d\d)$/.exec(countdown.trim())
  if (found === null) return Number.NaN
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}
