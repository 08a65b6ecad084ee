import type { ActionFacts } from '#after-sale'
import { JsonField } from '../openapi/field-decorators'

export class KnownFacts {
  @JsonField({
    description: 'Every fact that is recorded of the case, by the names of the request; instants in UTC ms.',
  })
  facts: ActionFacts
}
