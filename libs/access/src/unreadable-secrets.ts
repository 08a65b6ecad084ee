import type { App, Store } from './directory-snapshot'
import type { SealingTrouble } from './vault'
import { Unsealable, UnknownKey } from './vault'

/** A secret of an app or a store that does not open. */
export interface UnreadableSecret {
  readonly org: number
  readonly app: number
  /** Absent: it is the secret of the app, for all its stores. */
  readonly store?: number
  readonly trouble: SealingTrouble
  /** For people: what is the matter, without a value. */
  readonly words: string
}

/** The secrets that do not open, of apps first. */
export const unreadableAmong = ({
  apps,
  stores,
}: {
  readonly apps: readonly App[]
  readonly stores: readonly Store[]
}): UnreadableSecret[] => [
  ...apps.flatMap((app) => {
    const error = firstErrorOf([() => app.appSecret])
    return error === undefined ? [] : [describeUnreadable({ org: app.org, app: app.id }, "the app's secret", error)]
  }),
  ...stores.flatMap((store) => {
    const error = firstErrorOf([() => store.accessToken, () => store.refreshToken])
    const owner = { org: store.org, app: store.app.id, store: store.id }
    return error === undefined ? [] : [describeUnreadable(owner, "the store's tokens", error)]
  }),
]

const describeUnreadable = <T extends object>(
  owner: T,
  what: string,
  error: Unsealable,
): T & { trouble: SealingTrouble; words: string } => ({
  ...owner,
  trouble: error.trouble,
  words:
    error instanceof UnknownKey || error.trouble === 'destroyed-key'
      ? `${what} cannot be opened: ${error.message}`
      : `${what} cannot be opened with the keys given; register it again`,
})

/** The trouble of the first of these secrets that does not open. */
function firstErrorOf(secrets: readonly (() => string)[]): Unsealable | undefined {
  for (const secret of secrets)
    try {
      secret()
    } catch (error) {
      if (error instanceof Unsealable) return error
      throw error
    }
  return undefined
}

/** Whether the secrets of all these apps open. */
export const opensAll = (apps: readonly App[]): boolean => unreadableAmong({ apps, stores: [] }).length === 0

/** For figures: apps whose secret, and stores whose tokens do not open. */
export function unreadableCounts(known: Parameters<typeof unreadableAmong>[0]): { apps: number; stores: number } {
  // What was erased is meant not to open, and raises no alert.
  const unreadable = unreadableAmong(known).filter(({ trouble }) => trouble !== 'destroyed-key')
  const apps = unreadable.filter(({ store }) => store === undefined).length
  return { apps, stores: unreadable.length - apps }
}

/** What secrets that do not open mean for a process: `lack`, it can do nothing; `troubles`, all others work. In sentences. */
export function secretsReadiness(known: { readonly apps: readonly App[]; readonly stores: readonly Store[] }): {
  readonly lack?: string
  readonly troubles: readonly string[]
} {
  const { apps, stores } = unreadableCounts(known)
  if (apps > 0 && apps === known.apps.length) return { lack: 'No secret of any app can be opened.', troubles: [] }
  return {
    troubles: [
      ...(apps === 0 ? [] : [`The secrets of ${apps} of ${known.apps.length} apps cannot be opened.`]),
      ...(stores === 0 ? [] : [`The tokens of ${stores} of ${known.stores.length} stores cannot be opened.`]),
    ],
  }
}
