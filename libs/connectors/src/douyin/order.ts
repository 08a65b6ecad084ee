import type { Line, OrderFacet } from '#after-sale'
import type { Json } from '../contract'
import { asArray, asId, asInteger, asObject, asText, fenOf } from '../contract'
import type { OrderLine } from './wire'

/** The order and those of its lines that the case is about. List and detail give one and the same facet. */
export function orderOf(orderNumber: string | undefined, lines: Json | undefined): OrderFacet | undefined {
  if (orderNumber === undefined) return undefined
  return {
    orderNumber,
    lines: linesOf(lines)
      .map(lineOf)
      .filter((line) => line !== undefined),
  }
}

export const linesOf = (lines: Json | undefined): readonly OrderLine[] =>
  asArray(lines)
    .map((line) => asObject(line) as OrderLine | undefined)
    .filter((line) => line !== undefined)

function lineOf(line: OrderLine): Line | undefined {
  const lineId = asId(line.sku_order_id)
  if (lineId === undefined) return undefined
  const title = unquoted(asText(line.product_name, 200))
  const sku = unquoted(asText(line.shop_sku_code, 100))
  const quantity = asInteger(line.item_num ?? line.item_quantity)
  const paid = fenOf(line.pay_amount)
  const freight = fenOf(line.post_amount) ?? 0
  return {
    lineId,
    ...(title === undefined ? {} : { title }),
    ...(sku === undefined ? {} : { sku }),
    ...(quantity === undefined || quantity < 1 ? {} : { quantity }),
    ...(paid === undefined ? {} : { paid }),
    ...(freight === 0 ? {} : { freight }),
  }
}

/** Documentation quotes texts twice. */
export function unquoted(text: string | undefined): string | undefined {
  const plain = text?.replace(/^"(.*)"$/s, '$1').trim()
  return plain === '' ? undefined : plain
}
