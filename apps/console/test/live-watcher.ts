export interface ReceivedEvent {
  readonly id: string
  readonly event: string
  readonly data: { readonly caseId?: string; readonly type?: string; readonly now?: string }
}

/** A client of the live updates, over a real connection. */
export class LiveWatcher {
  readonly received: ReceivedEvent[] = []
  /** Once the server has ended the connection, or the client has left. */
  closed: Promise<void> = Promise.resolve()
  private readonly leaving = new AbortController()
  private waiting: (() => void)[] = []

  async open(url: string, lastId: string | undefined, cookie: string): Promise<this> {
    const answer = await fetch(url, {
      signal: this.leaving.signal,
      headers: { cookie, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
    })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    this.closed = this.listen(answer).catch(() => undefined)
    await this.until((all) => all.some(({ event }) => event === 'clock'))
    return this
  }

  leave(): void {
    this.leaving.abort()
  }

  cases(): ReceivedEvent[] {
    return this.received.filter(({ event }) => event === 'case')
  }

  async until(enough: (all: readonly ReceivedEvent[]) => boolean): Promise<void> {
    while (!enough(this.received)) await new Promise<void>((resolve) => this.waiting.push(resolve))
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
        this.received.push({
          id: fields['id'] ?? '',
          event: fields['event'] ?? '',
          data: JSON.parse(fields['data'] ?? '{}') as ReceivedEvent['data'],
        })
      }
      const all = this.waiting
      this.waiting = []
      for (const wake of all) wake()
    }
  }
}
