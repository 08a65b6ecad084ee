import type { BuyerInClear, Json } from '../../contract'
import { asText } from '../../contract'

/**
 * The receiver of a replacement, where Douyin gives name or phone in clear. Normally both are ciphertext, framed by
 * `#`, `~` or `$`, or masked by `*`: those are no name and no phone.
 */
export function buyerOf(name: Json | undefined, phone: Json | undefined): BuyerInClear | undefined {
  const plainName = asText(name, 200)
  const plainPhone = asText(phone, 200)
  const buyer = {
    ...(plainName === undefined || plainName.length > 40 || /[#~$*=\d]/.test(plainName) ? {} : { name: plainName }),
    ...(plainPhone === undefined || !/^\+?\d[\d -]{5,18}\d$/.test(plainPhone) ? {} : { phone: plainPhone }),
  }
  return Object.keys(buyer).length === 0 ? undefined : buyer
}
