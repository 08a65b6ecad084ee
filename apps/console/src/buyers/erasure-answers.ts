import type { EntityManager } from 'typeorm'
import type { ErasableCase } from '#case-handling'
import { casesHoldingUp } from '#case-handling'
import type { ErasureProgress } from '#ledgers'
import { iso, isoOrNull } from '../core/instants'
import type { StoreNameAnswer } from '../core/store-name.answer'
import type { ErasableCaseAnswer, ErasureAnswer } from './erasure.answer'

type StoreNames = (store: number) => StoreNameAnswer

export const casesAnswer = (cases: readonly ErasableCase[], storeNames: StoreNames): ErasableCaseAnswer[] =>
  cases.map(({ id, store, caseNumber, isOpen, obstacle }) => ({
    ...{ caseId: id, caseNumber, store: storeNames(store), open: isOpen, busy: obstacle === 'action-under-way' },
  }))

export async function erasureAnswer(
  manager: EntityManager,
  org: number,
  requested: ErasureProgress,
  storeNames: StoreNames,
): Promise<ErasureAnswer> {
  const { why, requestedBy, requestedAt, finishedAt, cases, erasedCases, messages, pieces, notes } = requested
  const holdingUp = finishedAt === null ? await casesHoldingUp(manager, org, requested) : []
  return {
    ...{ reason: why, requestedBy, cases, erasedCases, messages, pieces, notes },
    requestedAt: iso(requestedAt),
    finishedAt: isoOrNull(finishedAt),
    waitsFor: casesAnswer(holdingUp, storeNames),
  }
}
