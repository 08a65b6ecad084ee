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

  /** The words of the address bar. */
  get parameters(): Record<string, string> {
    return Object.fromEntries(new URL(this.page.url()).searchParams)
  }

  get rows(): Locator {
    return this.page.locator('[data-testid=cases] .case-row')
  }

  /** Case numbers as they stand, from the top. */
  caseNumbers(): Promise<string[]> {
    return this.page.locator('[data-testid=cases] .case-row a.number').allInnerTexts()
  }

  async count(tab: string): Promise<number> {
    return Number((await this.page.getByTestId(`count-${tab}`).innerText()).replaceAll(',', ''))
  }

  /** The case numbers as soon as they are as wanted, or as they are when the time is over. */
  untilCases(wanted: (shown: string[]) => boolean, withinMs?: number): Promise<string[]> {
    return eventually(() => this.caseNumbers(), wanted, withinMs)
  }

  untilCount(tab: string, wanted: (count: number) => boolean, withinMs?: number): Promise<number> {
    return eventually(() => this.count(tab), wanted, withinMs)
  }

  untilWords(wanted: (words: Record<string, string>) => boolean): Promise<Record<string, string>> {
    return eventually(() => Promise.resolve(this.parameters), wanted)
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name }).click()
  }

  /** Chooses one of a list among the filters. */
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

/** Polls until what is seen is as wanted or the timeout is over; returns what was seen last. */
export async function eventually<T>(
  look: () => Promise<T>,
  wanted: (seen: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const until = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (wanted(seen) || performance.now() > until) return seen
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** `04:12:09` and `1天 23:59:58` as seconds; NaN where it is no countdown. */
export function secondsOf(countdown: string): number {
  const found = /^(?:(\d+)天 )?(\d\d):(\d\d):(\d\d)$/.exec(countdown.trim())
  if (found === null) return Number.NaN
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}
