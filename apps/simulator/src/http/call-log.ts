/** One action that an app had carried out (or was refused) through an API. */
export interface LoggedCall {
  readonly atMs: number
  readonly marketplace: string
  readonly api: string
  readonly shopId: string
  readonly caseNumber: string
  readonly carriedOut: boolean
  readonly answer: string
  /** How often this action has now taken effect on this case: more than 1 is a bug of the caller. */
  readonly effectCount: number
}

/** A piece of evidence that the platform fetched, or tried to (status 0: no answer). */
export interface FetchedPiece {
  readonly url: string
  readonly status: number
  readonly type: string
  readonly bytes: number
}

/** The oldest entries go first. */
const MAX_ENTRIES = 10_000

/** What apps called and what took effect: for tests, which compare it with what they asked for. */
export class CallLog {
  readonly reads: Record<string, number> = {}
  private readonly pieces: FetchedPiece[] = []
  private readonly entries: LoggedCall[] = []
  private readonly effects = new Map<string, number>()

  read(api: string): void {
    this.reads[api] = (this.reads[api] ?? 0) + 1
  }

  action(entry: Omit<LoggedCall, 'effectCount'>): void {
    const key = `${entry.api}|${entry.caseNumber}`
    const effectCount = (this.effects.get(key) ?? 0) + (entry.carriedOut ? 1 : 0)
    this.effects.set(key, effectCount)
    this.entries.push({ ...entry, effectCount })
    if (this.entries.length > MAX_ENTRIES) this.entries.splice(0, MAX_ENTRIES / 10)
  }

  fetch(piece: FetchedPiece): void {
    this.pieces.push(piece)
    if (this.pieces.length > MAX_ENTRIES) this.pieces.splice(0, MAX_ENTRIES / 10)
  }

  /** Evidence, in the order in which it was fetched. */
  get fetched(): readonly FetchedPiece[] {
    return this.pieces
  }

  /** Actions that took effect more than once on one case: a bug of the caller, unless it is a remark. */
  repeated(): readonly { readonly api: string; readonly caseNumber: string; readonly effectCount: number }[] {
    return [...this.effects]
      .filter(([, effectCount]) => effectCount > 1)
      .map(([key, effectCount]) => {
        const [api = '', caseNumber = ''] = key.split('|')
        return { api, caseNumber, effectCount }
      })
  }

  last(count: number): readonly LoggedCall[] {
    return this.entries.slice(-count)
  }
}
