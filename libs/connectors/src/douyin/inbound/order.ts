import type { Line, OrderFacet } from '#after-sale'
import type { Json } from '../../contract'
import { asArray, asId, asInteger, asObject, asText, asFen } from '../../contract'
import type { OrderLine } from '../wire'

/**
 * The order with its claimed lines. List and detail give the same facet. Without a list of lines nothing is reported:
 * an empty one would remove known lines.
 */
export function orderOf(orderNumber: string | undefined, lines: Json | undefined): OrderFacet | undefined {
  if (orderNumber === undefined || !Array.isArray(lines)) return undefined
  return {
    orderNumber,
    lines: claimedLines(lines)
      .map(lineOf)
      .filter((line) => line !== undefined),
  }
}

/** The lines of the order without the unclaimed ones; a line without a claimed quantity stays. */
export const claimedLines = (lines: Json | undefined): readonly OrderLine[] =>
  asArray(lines)
    .map((line) => asObject(line) as OrderLine | undefined)
    .filter((line) => line !== undefined)
    .filter((line) => claimedQuantity(line) !== 0)

function lineOf(line: OrderLine): Line | undefined {
  const lineId = asId(line.sku_order_id)
  if (lineId === undefined) return undefined
  const title = removeQuotes(asText(line.product_name, 200))
  const sku = removeQuotes(asText(line.shop_sku_code, 100))
  const quantity = claimedQuantity(line)
  const paid = asFen(line.pay_amount)
  const freight = asFen(line.post_amount) ?? 0
  return {
    lineId,
    ...(title === undefined ? {} : { title }),
    ...(sku === undefined ? {} : { sku }),
    ...(quantity === undefined || quantity < 0 ? {} : { quantity }),
    ...(paid === undefined ? {} : { paid }),
    ...(freight === 0 ? {} : { freight }),
  }
}

/**
 * How many pieces of a line the case claims. `item_num` (list) and `item_quantity` (detail) are what was bought, and are
 * not read: of nine pieces three may be claimed, or none, for the platform lists every line of the order.
 */
const claimedQuantity = (line: OrderLine): number | undefined =>
  asInteger(line.aftersale_item_num ?? line.after_sale_item_count)

/** Removes the second pair of quotes that some of the documentation shows around texts. */
export function removeQuotes(text: string | undefined): string | undefined {
  const plain = text?.replace(/^"(.*)"$/s, '$1').trim()
  return plain === '' ? undefined : plain
}
