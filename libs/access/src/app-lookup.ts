import { setTimeout as pause } from 'node:timers/promises'

/** An app as a delivery names it. Both parts are whatever the sender wrote. */
export interface AppName {
  readonly marketplace: string
  readonly appKey: string
}

/** How long names are collected before they are looked up together; every lookup takes at least this long, ms. */
export const COLLECT_MS = 25
/** How long a name that was not found is not looked up again, ms. A new registration is visible after this time at the latest. */
export const ABSENT_MS = 50
/** Names that are remembered as absent. The oldest is dropped first. */
const MAX_ABSENT = 1_000
/** Names in one statement; further ones are looked up by the next. */
const MAX_BATCH = 500
/** Longer names are not looked up. */
const MAX_NAME_LENGTH = 128

/**
 * Looks up single apps for deliveries that the directory's copy cannot explain. Senders are not authenticated yet, so the cost is
 * bounded whatever they send: one statement by primary index at a time, at most 40 a second, and a bounded memory of names
 * that do not exist. The time until the answer does not tell whether an app exists.
 */
export class AppLookup<A extends AppName> {
  private readonly absent = new Map<string, number>()
  private pending = new Map<string, AppName>()
  private nextBatch: Promise<ReadonlyMap<string, A>> | undefined
  private runningQuery: Promise<unknown> = Promise.resolve()

  /** `read`: the apps that exist among these names. */
  constructor(private readonly read: (names: readonly AppName[]) => Promise<readonly A[]>) {}

  async find(name: AppName): Promise<A | undefined> {
    const key = keyOf(name)
    const valid = isValidName(name.marketplace) && isValidName(name.appKey)
    const full = this.pending.size >= MAX_BATCH && !this.pending.has(key)
    if (!valid || full || this.isAbsent(key)) {
      await pause(COLLECT_MS)
      return valid && full ? this.find(name) : undefined
    }
    this.pending.set(key, { marketplace: name.marketplace, appKey: name.appKey })
    return (await (this.nextBatch ??= this.lookUpBatch())).get(key)
  }

  private async lookUpBatch(): Promise<ReadonlyMap<string, A>> {
    await Promise.all([pause(COLLECT_MS), this.runningQuery])
    const names = this.pending
    this.pending = new Map()
    this.nextBatch = undefined
    const reading = this.read([...names.values()])
    this.runningQuery = reading.catch(() => undefined)
    const found = new Map((await reading).map((app) => [keyOf(app), app]))
    for (const key of names.keys()) if (!found.has(key)) this.rememberAbsent(key)
    return found
  }

  private isAbsent(key: string): boolean {
    const until = this.absent.get(key)
    if (until === undefined) return false
    if (performance.now() < until) return true
    this.absent.delete(key)
    return false
  }

  private rememberAbsent(key: string): void {
    this.absent.delete(key)
    this.absent.set(key, performance.now() + ABSENT_MS)
    const [oldest] = this.absent.keys()
    if (this.absent.size > MAX_ABSENT && oldest !== undefined) this.absent.delete(oldest)
  }
}

const keyOf = ({ marketplace, appKey }: AppName): string => JSON.stringify([marketplace, appKey])

/** PostgreSQL stores neither NUL nor an unpaired surrogate as text. */
const isValidName = (name: string): boolean =>
  name.length > 0 && name.length <= MAX_NAME_LENGTH && !name.includes('\u0000') && name.isWellFormed()
