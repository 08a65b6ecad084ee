interface Response {
  readonly body: Readonly<Record<string, unknown>>
}

/** Requests an action as a person does: a refusal with warnings is answered with the confirmation token that it contains. */
export async function requestConfirmed<A extends Response>(
  send: (request: object) => Promise<A>,
  request: object,
): Promise<A> {
  const answer = await send(request)
  const { confirmation } = answer.body
  return typeof confirmation === 'string' ? send({ ...request, confirmation }) : answer
}
