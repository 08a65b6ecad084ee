import { randomUUID } from 'node:crypto'
import { newCase, type Perform } from './every-write'

/** The operations on the personal data of a buyer. */
export const EVERY_BUYER_WRITE: Readonly<Record<string, Perform>> = {
  'POST /api/cases/{id}/buyer/reveal': async (stack) => {
    const id = await newCase(stack)
    const wish = { field: 'phone', reason: 'call-the-buyer' }
    return { subject: `case:${id}`, answer: await stack.operator.post(`/api/cases/${id}/buyer/reveal`, wish) }
  },
  'POST /api/cases/{id}/buyer/erasure': async (stack) => {
    const id = await newCase(stack)
    const { row } = (await stack.operator.get(`/api/cases/${id}`)).body as { row: { caseNumber: string } }
    const wish = { reason: 'buyer-asked', caseNumber: row.caseNumber, cases: [id], withOpen: true }
    const options = { headers: { 'idempotency-key': randomUUID() } }
    return {
      subject: `case:${id}`,
      answer: await stack.operator.post(`/api/cases/${id}/buyer/erasure`, wish, options),
    }
  },
}
