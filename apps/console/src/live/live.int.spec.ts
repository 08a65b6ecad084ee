import type { AddressInfo } from 'node:net'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'

interface Heard {
  readonly id: string
  readonly event: string
  readonly data: { readonly caseId?: string; readonly type?: string; readonly now?: string }
}

let cookie: string

/** Somebody who watches, over a real connection. */
class Watcher {
  readonly heard: Heard[] = []
  private readonly leaving = new AbortController()
  private waiting: (() => void)[] = []

  async open(url: string, lastId?: string): Promise<this> {
    const answer = await fetch(url, {
      signal: this.leaving.signal,
      headers: { cookie, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
    })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    void this.listen(answer).catch(() => undefined)
    await this.until((all) => all.some(({ event }) => event === 'clock'))
    return this
  }

  leave(): void {
    this.leaving.abort()
  }

  cases(): Heard[] {
    return this.heard.filter(({ event }) => event === 'case')
  }

  async until(enough: (all: readonly Heard[]) => boolean): Promise<void> {
    while (!enough(this.heard)) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  private async listen(answer: Response): Promise<void> {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        this.heard.push({
          id: fields['id'] ?? '',
          event: fields['event'] ?? '',
          data: JSON.parse(fields['data'] ?? '{}') as Heard['data'],
        })
      }
      const all = this.waiting
      this.waiting = []
      for (const wake of all) wake()
    }
  }
}

describe('live updates', () => {
  let stack: Stack
  let url: string
  beforeAll(async () => {
    stack = await openStack()
    ;({ cookie } = await stack.signedIn.headers())
    await stack.app.listen(0, '127.0.0.1')
    url = `http://127.0.0.1:${(stack.app.getHttpServer().address() as AddressInfo).port}/api/live`
  })
  afterAll(() => stack.close())

  it('tell of every change of our cases and of no others, to everybody who watches', async () => {
    const [one, other] = await Promise.all([new Watcher().open(url), new Watcher().open(url)])
    await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON, 1))
    const id = await stack.recordReport(stack.ours.stores[0], 'L1', waiting(NOON, 1))
    for (const watcher of [one, other]) {
      await watcher.until(() => watcher.cases().length > 0)
      expect(watcher.cases().map(({ data }) => data)).toEqual([
        { caseId: id, version: 1, type: 'case-opened.v1', turn: 'us', status: 'awaiting-merchant-decision' },
      ])
      expect(watcher.heard[0]).toEqual({ id: '', event: 'clock', data: { now: '2026-11-22T04:00:00.000Z' } })
      watcher.leave()
    }
  })

  it('resume after the last event, however often a client leaves, without gap or repeat', async () => {
    const all = await new Watcher().open(url)
    let restless = await new Watcher().open(url)
    const heard: string[] = []
    let lastId: string | undefined
    const changes = (async () => {
      for (let n = 0; n < 120; n++)
        await stack.recordReport(stack.ours.stores[n % 2 === 0 ? 0 : 1], `R${n}`, waiting(NOON, n))
    })()
    for (let round = 1; heard.length < 120; round++) {
      await restless.until(() => restless.cases().length >= Math.min(round, 120 - heard.length))
      restless.leave()
      const got = restless.cases()
      heard.push(...got.map(({ id }) => id))
      lastId = got.at(-1)?.id ?? lastId
      if (heard.length < 120) restless = await new Watcher().open(url, lastId)
    }
    await changes
    await all.until(() => all.cases().length >= 120)
    expect(heard).toEqual(all.cases().map(({ id }) => id))
    expect(new Set(heard).size).toBe(120)
    all.leave()
  })

  it('begin with the news where the last event is none of ours', async () => {
    const watcher = await new Watcher().open(url, "1.1'; DROP TABLE outgoing")
    const id = await stack.recordReport(stack.ours.stores[0], 'N1', waiting(NOON, 1))
    await watcher.until(() => watcher.cases().length > 0)
    expect(watcher.cases().map(({ data }) => data.caseId)).toEqual([id])
    watcher.leave()
  })
})
