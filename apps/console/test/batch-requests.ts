import type { RequestOptions, Response } from './operator-requests'
import { HOUR, NOON, waiting, type Stack } from './stack'

export interface ShownItem {
  readonly caseId: string
  readonly outcome: string
  readonly reason: string | null
  readonly text: string | null
}

/** What the specs of batches ask of the console and see of it. `prefix`: of the numbers of their cases. */
export function batchRequests(stack: () => Stack, prefix: string) {
  let number = 0
  const freeze = (caseIds: readonly string[], options?: RequestOptions): Promise<Response> =>
    stack().operator.post('/api/batches', { action: { name: 'approve-refund' }, caseIds }, options)
  /** Starts what was frozen, as it was shown. */
  const start = ({ body }: Response, options?: RequestOptions): Promise<Response> => {
    const confirmed = { cases: body['toSend'], totalFen: body['totalFen'], warnings: [] }
    return stack().operator.post(`/api/batches/${String(body['id'])}/start`, confirmed, options)
  }
  const itemsOf = async (id: string): Promise<ShownItem[]> =>
    (await stack().operator.get(`/api/batches/${id}/items?limit=200`)).body['items'] as never
  return {
    /** New cases that wait for the merchant, of 1 yuan each. */
    async cases(count: number): Promise<string[]> {
      const ids: string[] = []
      for (let n = 0; n < count; n++)
        ids.push(await stack().recordReport(stack().ours.stores[1], `${prefix}${++number}`, waiting(NOON + HOUR, 100)))
      return ids
    },
    freeze,
    start,
    async started(caseIds: readonly string[], options?: RequestOptions): Promise<string> {
      const frozen = await freeze(caseIds, options)
      const answer = await start(frozen, options)
      expect([answer.status, answer.body['state']]).toEqual([200, 'running'])
      return String(frozen.body['id'])
    },
    retry: (id: string): Promise<Response> => stack().operator.post(`/api/batches/${id}/retry`, {}),
    recall: (id: string): Promise<Response> => stack().operator.post(`/api/batches/${id}/recall`, {}),
    itemsOf,
    outcomesOf: async (id: string): Promise<string[]> => (await itemsOf(id)).map(({ outcome }) => outcome),
    effectsOf: (
      caseIds: readonly string[],
    ): Promise<{ stream: string; intent: string; state: string; ended_as: string | null }[]> =>
      stack().database.query(
        'SELECT stream, intent, state, ended_as FROM effect WHERE stream = ANY ($1::uuid[]) ORDER BY stream',
        [caseIds],
      ),
  }
}
