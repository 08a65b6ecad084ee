import { randomUUID } from 'node:crypto'
import { logInPerson, newCase, TYPED, type Perform } from './every-write'
import type { Response } from './operator-requests'
import type { Stack } from './stack'

const post = (stack: Stack, url: string, body: object): Promise<Response> => stack.operator.send('POST', url, body)

const claim = (stack: Stack, id: string): Promise<Response> =>
  post(stack, `/api/cases/${id}/assignment/claim`, { seen: null })

/** The operations of colleagues on a case. */
export const EVERY_TEAMWORK_WRITE: Readonly<Record<string, Perform>> = {
  'POST /api/cases/{id}/assignment/claim': async (stack) => {
    const id = await newCase(stack)
    return { subject: `case:${id}`, answer: await claim(stack, id) }
  },
  'POST /api/cases/{id}/assignment/release': async (stack) => {
    const id = await newCase(stack)
    const { assignment } = (await claim(stack, id)).body as { assignment: { id: string } }
    const answer = await post(stack, `/api/cases/${id}/assignment/release`, { seen: assignment.id })
    return { subject: `case:${id}`, answer }
  },
  'POST /api/cases/{id}/assignment/pass-on': async (stack) => {
    const id = await newCase(stack)
    const wish = { seen: null, to: await logInPerson(stack, 'wang'), note: TYPED }
    return { subject: `case:${id}`, answer: await post(stack, `/api/cases/${id}/assignment/pass-on`, wish) }
  },
  'POST /api/cases/{id}/notes': async (stack) => {
    const id = await newCase(stack)
    const note = { id: randomUUID(), text: TYPED }
    return { subject: `case:${id}`, answer: await post(stack, `/api/cases/${id}/notes`, note) }
  },
}
