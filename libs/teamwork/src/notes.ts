import { randomUUID } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import type { PersonActor, Vault } from '#access'
import { placeOf } from '#access'
import type { LockedCase } from './case-lock'
import { lockCase } from './case-lock'
import type { Colleague } from './colleagues'
import { announceChange } from './teamwork-changes'

/** Characters of one note, and notes of one case: they are read as a whole. */
export const NOTE_LENGTH = 2_000
export const NOTES_OF_A_CASE = 200

/** What a person wrote about a case, for colleagues only. */
export interface Note {
  readonly id: string
  readonly author: Colleague
  /** The colleague whom the case was passed on to with it. */
  readonly passedTo: Colleague | undefined
  /** UTC ms. */
  readonly at: number
  /** `undefined`: erased. */
  readonly text: string | undefined
}

export type NoteOutcome = 'written' | 'repeated' | 'no-such-case' | 'too-many' | 'id-taken'

interface NewNote {
  readonly caseId: string
  readonly store: number
  readonly at: number
  readonly text: string
  readonly passedTo?: string
  readonly id?: string
}

interface NoteRow {
  readonly id: string
  readonly author: string
  readonly author_name: string
  readonly passed_to: string | null
  readonly passed_to_name: string | null
  readonly written_at: number
  readonly body: Buffer | null
}

const FIND_NOTES = `
  SELECT n.id, n.author, p.display_name AS author_name, n.passed_to, t.display_name AS passed_to_name, n.written_at, n.body
  FROM case_note n JOIN person p ON p.id = n.author LEFT JOIN person t ON t.id = n.passed_to
  WHERE n.org = $1 AND n.case_id = $2 ORDER BY n.written_at DESC, n.id LIMIT ${NOTES_OF_A_CASE}`

/** Internal notes. People write names, phone numbers and addresses into them, so the texts are sealed at rest. */
export class Notes {
  constructor(
    private readonly database: DataSource,
    private readonly vault: Vault,
    private readonly clock: () => number,
  ) {}

  /** `id`: the writer's own; the same note sent twice is written once. */
  add(
    actor: PersonActor,
    caseId: string,
    { id, text }: { readonly id: string; readonly text: string },
  ): Promise<NoteOutcome> {
    return this.database.transaction(async (manager) => {
      const locked = await lockCase(manager, actor, caseId)
      if (locked === undefined) return 'no-such-case'
      const [known] = await manager.query<{ case_id: string; author: string }[]>(
        'SELECT case_id, author FROM case_note WHERE id = $1 AND org = $2',
        [id, actor.org],
      )
      if (known !== undefined) return known.case_id === caseId && known.author === actor.id ? 'repeated' : 'id-taken'
      if (await this.isFull(manager, locked)) return 'too-many'
      await this.write(manager, actor, { caseId, store: locked.store, at: this.clock(), text, id })
      await announceChange(manager, { ...locked, caseId })
      return 'written'
    })
  }

  /** Whether the case takes no further note. The caller has locked it. */
  async isFull(manager: EntityManager, { org, id }: LockedCase): Promise<boolean> {
    const [{ n } = { n: 0 }] = await manager.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM case_note WHERE org = $1 AND case_id = $2',
      [org, id],
    )
    return n >= NOTES_OF_A_CASE
  }

  /** In the caller's transaction, which has locked the case. */
  async write(
    manager: EntityManager,
    { org, id: author }: Pick<PersonActor, 'org' | 'id'>,
    { caseId, store, at, text, passedTo, id = randomUUID() }: NewNote,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO case_note (id, org, store, case_id, author, passed_to, written_at, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, org, store, caseId, author, passedTo ?? null, at, this.vault.seal(placeOf.note({ org, id }), text)],
    )
  }

  /** Newest first. */
  async of(org: number, caseId: string, manager: Pick<EntityManager, 'query'> = this.database): Promise<Note[]> {
    const rows = await manager.query<NoteRow[]>(FIND_NOTES, [org, caseId])
    return rows.map((row) => ({
      id: row.id,
      author: { id: row.author, name: row.author_name },
      passedTo: row.passed_to === null ? undefined : { id: row.passed_to, name: row.passed_to_name ?? '' },
      at: row.written_at,
      text:
        row.body === null ? undefined : this.vault.open(placeOf.note({ org, id: row.id }), row.body).toString('utf8'),
    }))
  }
}

/** Takes the texts of the notes of these cases out of the database; who wrote when stays. Answers how many there were. */
export async function eraseNotes(
  manager: Pick<EntityManager, 'query'>,
  org: number,
  caseIds: readonly string[],
  at: number,
): Promise<number> {
  const [, erased] = await manager.query<[unknown[], number]>(
    'UPDATE case_note SET body = NULL, erased_at = $3 WHERE org = $1 AND case_id = ANY ($2::uuid[]) AND body IS NOT NULL',
    [org, caseIds, at],
  )
  return erased
}

/** How many notes of these cases have a text. */
export async function countNotes(
  manager: Pick<EntityManager, 'query'>,
  org: number,
  caseIds: readonly string[],
): Promise<number> {
  const [row] = await manager.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM case_note WHERE org = $1 AND case_id = ANY ($2::uuid[]) AND body IS NOT NULL',
    [org, caseIds],
  )
  return row?.n ?? 0
}
