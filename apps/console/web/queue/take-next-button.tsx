import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { api, dataOf } from '../api/client'
import { Problem } from '../api/problem'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import type { QueueAddress } from './queue-address'
import { paramsOf } from './queue-queries'
import { takeNext } from './take-next'

/** The cases that this page handed to its reader, until it is loaded again. */
const passed = new Set<string>()

/** Takes the first case of this filter that is unassigned, and opens it. Colleagues who press it at once have different cases. */
export function TakeNextButton({ address }: { address: QueueAddress }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const mayAct = useMay('cases.act')
  const take = useMutation({
    mutationFn: () => takeFree(address),
    onSuccess: (caseId) => {
      if (caseId !== undefined) void navigate(`/cases/${encodeURIComponent(caseId)}`)
    },
    onSettled: () =>
      Promise.all([['queue'], ['counts']].map((queryKey) => client.invalidateQueries({ queryKey }))).then(
        () => undefined,
      ),
  })
  // The cases of one colleague are not free, and elsewhere than in our turn there is nothing to do.
  const isOffered = mayAct && address.turn === 'us' && (address.assignee ?? 'none') === 'none'
  if (!isOffered) return null
  return (
    <>
      <Button loading={take.isPending} onClick={() => take.mutate()}>
        {t('queue.takeNext')}
      </Button>
      <span role="status">{take.isSuccess && take.data === undefined ? t('queue.noneFree') : ''}</span>
      {take.error !== null && <ProblemNotice error={take.error} retry={() => take.mutate()} />}
    </>
  )
}

const PAGE_SIZE = 50

/** The parameters are made once: “due within 4 h” must mean the same on every page. */
function takeFree(address: QueueAddress): Promise<string | undefined> {
  const params = { ...paramsOf({ ...address, assignee: 'none' }), limit: PAGE_SIZE }
  const read = async (cursor: string | undefined) => {
    const query = cursor === undefined ? params : { ...params, cursor }
    const { items, next } = await dataOf(api.GET('/api/queue', { params: { query } }))
    return { ids: items.map(({ caseId }) => caseId), next }
  }
  return takeNext({ read, claim }, passed)
}

/** A colleague was faster, the case ended, or it is no longer visible: then the next one is tried. */
const NO_LONGER_FREE: readonly unknown[] = ['assigned-meanwhile', 'case-ended', 'not-found']

async function claim(id: string): Promise<boolean> {
  const request = { params: { path: { id } }, body: { seen: null } }
  try {
    // Not changed: the reader has it from another tab.
    return (await dataOf(api.POST('/api/cases/{id}/assignment/claim', request))).changed
  } catch (error) {
    if (error instanceof Problem && NO_LONGER_FREE.includes(error.code)) return false
    throw error
  }
}
