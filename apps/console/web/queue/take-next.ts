/** A page of unassigned cases, the most urgent first; `next`: the cursor of the page after it, or null. */
export interface FreeCases {
  readonly ids: readonly string[]
  readonly next: string | null
}

/** How the server is asked. `claim` answers false where the case is no longer free: a colleague has it, or it ended. */
export interface FreeCasesServer {
  read(cursor: string | undefined): Promise<FreeCases>
  claim(caseId: string): Promise<boolean>
}

/**
 * Takes the most urgent unassigned case. A list is old as soon as it is read: the claim of each case decides, which the
 * server compares with “unassigned”. So of two people at once each has a case of their own.
 *
 * @param passed cases that this reader was given before: one that they gave back is not handed to them again
 * @returns the case, or undefined where none is free
 */
export async function takeNext(server: FreeCasesServer, passed: Set<string>): Promise<string | undefined> {
  let cursor: string | undefined
  do {
    const { ids, next } = await server.read(cursor)
    for (const id of ids) {
      if (passed.has(id) || !(await server.claim(id))) continue
      passed.add(id)
      return id
    }
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return undefined
}
