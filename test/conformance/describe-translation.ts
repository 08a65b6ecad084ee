import type { Translation } from '#connectors'

/** What was understood, in one line for people. Never a buyer's name or number. */
export function describeTranslation(translation: Translation): string {
  switch (translation.type) {
    case 'observed':
      return describeObservation(translation)
    case 'must-read':
      return `case ${translation.case.caseNumber}: ${translation.why}`
    case 'answered':
      return `${translation.effect} under ${translation.token}: ${translation.outcome.type}`
    case 'complete':
      return `${translation.cases} cases until ${new Date(translation.window.to).toISOString()}`
    case 'irrelevant':
    case 'unintelligible':
      return translation.why
  }
}

function describeObservation({
  case: reference,
  report,
  alsoRead,
  buyer,
}: Extract<Translation, { type: 'observed' }>): string {
  const { status, kind, amounts, deadline, money, dispute, goods, order, flags } = report.facets
  const parts = [
    `case ${reference.caseNumber}`,
    status && `${status.status}${status.outcome === undefined ? '' : `/${status.outcome}`} (${status.raw})`,
    kind && `${kind.kind}${kind.variant === undefined ? '' : `/${kind.variant}`}`,
    amounts &&
      `${formatYuan(amounts.total)}${amounts.legs.FREIGHT === undefined ? '' : ` incl. freight ${formatYuan(amounts.legs.FREIGHT)}`}`,
    money && `money ${money.stage}`,
    goods && goods.stage !== 'unknown' && `goods ${goods.stage}`,
    dispute && dispute.stage !== 'none' && `dispute ${dispute.stage}`,
    deadline && (deadline.due === null ? 'no deadline' : `due ${new Date(deadline.due).toISOString()}`),
    order && quantitiesOf(order),
    reference.orderNumber !== undefined && `order ${reference.orderNumber}`,
    flags && flags.length > 0 && flags.join(' '),
    buyer && 'buyer in clear',
    `revision ${new Date(report.stamp.revision).toISOString()}`,
    alsoRead !== undefined && 'also read',
  ]
  return parts.filter((part) => typeof part === 'string').join(' · ')
}

const quantitiesOf = ({ lines }: { readonly lines: readonly { readonly quantity?: number }[] }): string | undefined =>
  lines.length === 0 ? undefined : `pieces ${lines.map(({ quantity }) => quantity ?? '?').join('+')}`

const formatYuan = (fen: number): string => `¥${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
