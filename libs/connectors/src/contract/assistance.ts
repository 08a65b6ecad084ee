import type { Action, EvidenceReference, Fen, Term } from '#after-sale'
import type { BackOffice, Capability } from './manifest'
import type { ActionOrder, Assistance } from './actions'

/**
 * What a person needs to do an ASSISTED action by hand: where, what, and with which texts and evidence; the last step
 * is to confirm that it is done. `marketplaceStep` is the step that differs between marketplaces. Pure; `undefined` for
 * actions that are not ASSISTED.
 */
export function assistanceOf(
  order: ActionOrder,
  capability: Capability,
  marketplaceStep: Term,
): Assistance | undefined {
  if (capability.way !== 'ASSISTED') return undefined
  const { backOffice, limits } = capability
  const link = fillLink(backOffice?.link, order)
  const texts = textsOf(order.action)
  return {
    ...(link === undefined ? {} : { link }),
    ...(backOffice === undefined ? {} : { path: backOffice.path }),
    steps: [
      openCaseStep(order, backOffice, link),
      marketplaceStep,
      ...amountStep(order.action),
      ...(texts.length === 0 ? [] : [pasteStep(limits?.textLength)]),
      ...evidenceStep(order.action),
      CONFIRM_STEP,
    ],
    texts,
  }
}

const CONFIRM_STEP: Term = {
  zh: '回到这里确认已完成;平台显示结果后才算生效',
  en: 'Come back and confirm that it is done; it counts once the marketplace shows it',
}

/** The link of the page; `undefined` where a part of it is unknown. */
function fillLink(link: string | undefined, { caseNumber, orderNumber }: ActionOrder): string | undefined {
  if (link === undefined || (orderNumber === undefined && link.includes('{order}'))) return undefined
  return link
    .replaceAll('{case}', encodeURIComponent(caseNumber))
    .replaceAll('{order}', encodeURIComponent(orderNumber ?? ''))
}

function openCaseStep({ caseNumber }: ActionOrder, backOffice: BackOffice | undefined, link: string | undefined): Term {
  if (link !== undefined) return { zh: `打开售后单 ${caseNumber}`, en: `Open the case ${caseNumber}` }
  const path = backOffice?.path ?? { zh: '商家后台', en: 'the back office' }
  return { zh: `进入${path.zh},找到售后单 ${caseNumber}`, en: `Go to ${path.en} and find the case ${caseNumber}` }
}

const pasteStep = (maxLength: number | undefined): Term =>
  maxLength === undefined
    ? { zh: '粘贴准备好的文字', en: 'Paste the prepared text' }
    : { zh: `粘贴准备好的文字(最多${maxLength}字)`, en: `Paste the prepared text (at most ${maxLength} characters)` }

function amountStep(action: Action): readonly Term[] {
  const amount = 'amount' in action ? action.amount : undefined
  return amount === undefined
    ? []
    : [{ zh: `金额填写 ${yuan(amount)} 元`, en: `Enter the amount: ${yuan(amount)} yuan` }]
}

function evidenceStep(action: Action): readonly Term[] {
  const evidence: readonly EvidenceReference[] = 'evidence' in action ? action.evidence : []
  if (evidence.length === 0) return []
  const names = evidence.map(({ hash }) => hash.slice(0, 8)).join(', ')
  return [
    {
      zh: `上传 ${evidence.length} 份凭证:${names}`,
      en: `Upload ${evidence.length === 1 ? 'one piece' : `${evidence.length} pieces`} of evidence: ${names}`,
    },
  ]
}

function textsOf(action: Action): Assistance['texts'] {
  switch (action.name) {
    case 'reject':
      return pasteable([REASON_TITLE, action.reason], [EXPLANATION, action.explanation])
    case 'negotiate':
      return pasteable([PLAN_TITLE, action.plan], [MESSAGE_TITLE, action.text])
    case 'appeal':
      return pasteable(...action.items.map((item): TitledText => [appealTitle(item.kind, item.amount), item.text]))
    case 'approve-return':
    case 'approve-refund':
      return pasteable([MESSAGE_TITLE, action.note ?? ''])
    case 'intercept':
    case 'ship-exchange':
      return pasteable([TRACKING_TITLE, action.shipment.tracking])
    default:
      return 'text' in action ? pasteable([MESSAGE_TITLE, action.text]) : []
  }
}

type TitledText = readonly [title: Term, text: string]

const pasteable = (...texts: readonly TitledText[]): Assistance['texts'] =>
  texts.filter(([, text]) => text.trim() !== '').map(([title, text]) => ({ title, text }))

const REASON_TITLE: Term = { zh: '拒绝原因', en: 'Reason' }
const EXPLANATION: Term = { zh: '详细说明', en: 'Explanation' }
const PLAN_TITLE: Term = { zh: '协商方案', en: 'Proposal' }
const MESSAGE_TITLE: Term = { zh: '文字内容', en: 'Text' }
const TRACKING_TITLE: Term = { zh: '运单号', en: 'Tracking number' }

const APPEALS: Readonly<Record<string, Term>> = {
  liability: { zh: '判责申诉', en: 'Liability appeal' },
  'goods-money': { zh: '货款申诉', en: 'Goods money appeal' },
  freight: { zh: '运费申诉', en: 'Freight appeal' },
  other: { zh: '其他申诉', en: 'Other appeal' },
}

function appealTitle(kind: string, amount: Fen | undefined): Term {
  const { zh, en } = APPEALS[kind] ?? { zh: kind, en: kind }
  return amount === undefined ? { zh, en } : { zh: `${zh} ${yuan(amount)} 元`, en: `${en}, ${yuan(amount)} yuan` }
}

/** Fen formatted in yuan with two decimals, by integer arithmetic. */
const yuan = (fen: Fen): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
