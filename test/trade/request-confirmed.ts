interface Response {
  readonly body: Readonly<Record<string, unknown>>
}

/** Asks for an action as a person does: the warnings of the refusal are read, and confirmed with the token that it gives. */
export async function requestConfirmed<A extends Response>(send: (request: object) => Promise<A>, wish: object): Promise<A> {
  const answer = await send(wish)
  const { confirmation } = answer.body
  return typeof confirmation === 'string' ? send({ ...wish, confirmation }) : answer
}
