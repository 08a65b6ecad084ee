import type { Term } from '../api/schema'

export interface ProblemWords {
  readonly title: Term
  readonly detail: Term
}

export function problemWords(zhTitle: string, zhDetail: string, enTitle: string, enDetail: string): ProblemWords {
  return { title: { zh: zhTitle, en: enTitle }, detail: { zh: zhDetail, en: enDetail } }
}
