import type { EntityManager } from 'typeorm'
import type { PersonActor } from '#access'

/** What a person does in a case now; `left`: its page was closed. */
export const PRESENCES = ['looking', 'typing', 'left'] as const
export type Presence = (typeof PRESENCES)[number]

/** One open page of a case, as its browser reports it every few seconds. */
export interface PresenceNotice {
  readonly org: number
  readonly store: number
  readonly caseId: string
  readonly person: string
  /** The browser's own id of the page: the same person may have the case open twice. */
  readonly view: string
  readonly presence: Presence
}

const ANNOUNCE = `
  SELECT pg_notify('shouhou_presence', concat_ws('/', org, store, id, $4::text, $5::text, $6::text))
  FROM stream WHERE id = $1 AND org = $2 AND ($3::int[] IS NULL OR store = ANY ($3))`

/**
 * Every process hears of it, and nothing is stored. One statement, which announces only a case of the person's stores. Ids only:
 * every login of the database could listen. Answers whether there is such a case.
 */
export async function announcePresence(
  manager: Pick<EntityManager, 'query'>,
  { org, stores, id }: Pick<PersonActor, 'org' | 'stores' | 'id'>,
  { caseId, view, presence }: Pick<PresenceNotice, 'caseId' | 'view' | 'presence'>,
): Promise<boolean> {
  const visible = stores === 'all' ? null : stores
  const rows = await manager.query<unknown[]>(ANNOUNCE, [caseId, org, visible, id, view, presence])
  return rows.length > 0
}

const NOTICE = /^(\d{1,9})\/(\d{1,9})\/([0-9a-f-]{36})\/([0-9a-f-]{36})\/([0-9a-f-]{36})\/(\w+)$/

/** `undefined`: no text of `announcePresence`. */
export function parsePresence(payload: string): PresenceNotice | undefined {
  const [, org, store, caseId = '', person = '', view = '', word] = NOTICE.exec(payload) ?? []
  const presence = PRESENCES.find((one) => one === word)
  return presence === undefined ? undefined : { org: Number(org), store: Number(store), caseId, person, view, presence }
}
