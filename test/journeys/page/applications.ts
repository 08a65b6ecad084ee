import type { CaseKind, CaseRecord } from '../../../apps/simulator/src/world/case'
import type { World } from '../../../apps/simulator/src/world/world'

const KINDS: readonly CaseKind[] = [
  'refund-only-unshipped',
  'refund-only-shipped',
  'return-and-refund',
  'exchange',
  'resend',
  'repair',
]

/** Buyers apply for `count` quiet cases of all kinds in turn, each for another amount, from 10 yuan upward. */
export const applyForAllKinds = (world: World, count: number): CaseRecord[] =>
  Array.from({ length: count }, (_, i) =>
    world.apply({ kind: KINDS[i % KINDS.length] ?? 'repair', quiet: true, refundFen: 1_000 + i * 111 }),
  )
