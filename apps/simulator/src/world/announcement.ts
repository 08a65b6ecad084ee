import type { Notice } from './acts'
import type { CaseRecord } from './case'
import type { Shop } from './shops'

/** Something that a marketplace announces to the app: the case as it was right after the change. */
export interface Announcement {
  /** Counts all announcements of this world; the key of every draw about this message. */
  readonly sequence: number
  readonly shop: Shop
  readonly record: CaseRecord
  readonly notice: Notice
  readonly atMs: number
}
