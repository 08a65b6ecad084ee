import type { Term } from '../api/schema'

const term = (zh: string, en: string): Term => ({ zh, en })

/** The marketplaces' own marks by the names that people know. */
const FLAGS = new Map(
  Object.entries<Term>({
    'speed-refund': term('极速退款', 'speed refund'),
    'lightning-return': term('闪电退货', 'lightning return'),
    'seven-day-return': term('七天无理由', '7-day return'),
    part: term('部分退', 'in part'),
    'part-pieces': term('按件部分退', 'some pieces'),
    'part-percent': term('按比例部分退', 'a share'),
    'platform-joined': term('平台已介入', 'platform joined'),
    'dispute-refund': term('纠纷退款', 'refund by dispute'),
    'assistant:return-agreed': term('售后助手同意退货', 'assistant agreed to the return'),
    'assistant:refund-agreed': term('售后助手同意退款', 'assistant agreed to the refund'),
    'risk:ok': term('退货正常', 'return looks normal'),
    'risk:abnormal': term('退货异常', 'return looks abnormal'),
    'refusal-sign:1': term('已同意拒收', 'refusal of the parcel agreed'),
    'refusal-sign:2': term('未同意拒收', 'refusal of the parcel not agreed'),
    'refund-type:1': term('极速退助手', 'fast-refund assistant'),
    'refund-type:2': term('售后小助手', 'after-sale assistant'),
    'refund-type:3': term('售后极速退', 'after-sale fast refund'),
    'refund-type:4': term('闪电退货', 'lightning return'),
    'auto-audit:1': term('自动审核：未发货极速退', 'auto: fast refund before shipping'),
    'auto-audit:2': term('自动审核：助手同意退款', 'auto: assistant agreed to refund'),
    'auto-audit:3': term('自动审核：已发货极速退', 'auto: fast refund after shipping'),
    'auto-audit:4': term('自动审核：闪电退货', 'auto: lightning return'),
    'auto-audit:5': term('自动审核：跨境秒退', 'auto: cross-border instant refund'),
    'auto-audit:6': term('自动审核：云仓拦截', 'auto: intercepted by the warehouse'),
    'auto-audit:7': term('自动审核：助手同意退货', 'auto: assistant agreed to the return'),
    'auto-audit:8': term('自动审核：助手同意拒收退款', 'auto: assistant agreed after refusal'),
    'auto-audit:12': term('自动审核：快递拦截成功', 'auto: courier intercepted'),
    'auto-audit:13': term('自动审核：免质检', 'auto: no quality check'),
    'auto-audit:14': term('自动审核：协商方案', 'auto: negotiated plan'),
  }),
)

/** Marks with a number, which replaces `{n}`. */
const NUMBERED = new Map(
  Object.entries<Term>({
    'part-pieces': term('部分退 {n} 件', '{n} pieces'),
    'part-percent': term('部分退 {n}%', '{n}%'),
    'auto-audit': term('自动审核 {n}', 'auto audit {n}'),
    'refund-type': term('退款方式 {n}', 'refund type {n}'),
    'refusal-sign': term('拒收标记 {n}', 'refusal mark {n}'),
  }),
)

/** An unnamed mark is shown as it is. */
export function flagTerm(flag: string): Term {
  const named = FLAGS.get(flag)
  if (named !== undefined) return named
  const [mark = '', n = ''] = flag.split(':', 2)
  const numbered = n === '' ? undefined : NUMBERED.get(mark)
  if (numbered === undefined) return term(flag, flag)
  return term(
    numbered.zh.replace('{n}', () => n),
    numbered.en.replace('{n}', () => n),
  )
}
