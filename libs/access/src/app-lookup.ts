import { setTimeout as pause } from 'node:timers/promises'

/** An app as a delivery names it. Both parts are whatever the sender wrote. */
export interface AppName {
  readonly marketplace: string
  readonly appKey: string
}

/** How long names are collected before they are looked up together; every lookup takes at least this long, ms. */
const COLLECT_MS = 25
/** How long a name that was not found is not looked up again, ms. A new registration is visible after this time at the latest. */
const ABSENT_MS = 50
/** Names that are remembered as absent. The oldest is dropped first. */
const MOST_ABSENT = 1_000
/** Names in one statement; further ones are looked up by the next. */
const MOST_IN_ONE = 500
/** Longer names are not looked up. */
const LONGEST_NAME = 128

/**
 * Looks up single apps for deliveries that the directory's copy cannot explain. Senders are strangers here, so the cost is
 * bounded whatever they do: one statement by primary index at a time, at most 40 a second, and a bounded memory of names
 * that do not exist. The time until the answer does not tell whether an app exists.
 */
export class AppLookup<A extends AppName> {
  private readonly absent = new Map<string, number>()
  private waiting = new Map<string, AppName>()
  private next: Promise<ReadonlyMap<string, A>> | undefined
  private running: Promise<unknown> = Promise.resolve()

  /** `read`: the apps that exist among these names. */
  constructor(private readonly read: (names: readonly AppName[]) => Promise<readonly A[]>) {}

  async find(name: AppName): Promise<A | undefined> {
    const key = keyOf(name)
    const readable = isReadable(name.marketplace) && isReadable(name.appKey)
    const full = this.waiting.size >= MOST_IN_ONE && !this.waiting.has(key)
    if (!readable || full || this.isAbsent(key)) {
      await pause(COLLECT_MS)
      return readable && full ? this.find(name) : undefined
    }
    this.waiting.set(key, { marketplace: name.marketplace, appKey: name.appKey })
    return (await (this.next ??= this.collected())).get(key)
  }

  private async collected(): Promise<ReadonlyMap<string, A>> {
    await Promise.all([pause(COLLECT_MS), this.running])
    const names = this.waiting
    this.waiting = new Map()
    this.next = undefined
    const reading = this.read([...names.values()])
    this.running = reading.catch(() => undefined)
    const found = new Map((await reading).map((app) => [keyOf(app), app]))
    for (const key of names.keys()) if (!found.has(key)) this.remember(key)
    return found
  }

  private isAbsent(key: string): boolean {
    const until = this.absent.get(key)
    if (until === undefined) return false
    if (performance.now() < until) return true
    this.absent.delete(key)
    return false
  }

  private remember(key: string): void {
    this.absent.delete(key)
    this.absent.set(key, performance.now() + ABSENT_MS)
    const [oldest] = this.absent.keys()
    if (this.absent.size > MOST_ABSENT && oldest !== undefined) this.absent.delete(oldest)
  }
}

const keyOf = ({ marketplace, appKey }: AppName): string => JSON.stringify([marketplace, appKey])

/** PostgreSQL takes neither NUL nor half a character as text. */
const isReadable = (name: string): boolean =>
  name.length > 0 && name.length <= LONGEST_NAME && !name.includes('\u0000') && name.isWellFormed()
