import type { ActionFacts } from '#after-sale'
import { Document } from '../openapi/fields'

export class KnownFacts {
  @Document({
    description: 'Every fact that is recorded of the case, by the names of the request; instants in UTC ms.',
  })
  facts: ActionFacts
}
