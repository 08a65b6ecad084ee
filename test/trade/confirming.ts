interface Answered {
  readonly body: Readonly<Record<string, unknown>>
}

/** Asks for an action as a person does: the warnings of the refusal are read, and confirmed with the token that it gives. */
export async function readAndConfirm<A extends Answered>(ask: (wish: object) => Promise<A>, wish: object): Promise<A> {
  const answer = await ask(wish)
  const { confirmation } = answer.body
  return typeof confirmation === 'string' ? ask({ ...wish, confirmation }) : answer
}
