import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger'
import { ActionDecided, ActionRefused } from './action.answer'

@ApiExtraModels(ActionDecided, ActionRefused)
export class ActionOutcomes {
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ $ref: getSchemaPath(ActionDecided) }, { $ref: getSchemaPath(ActionRefused) }] },
    description: 'In the order in which they were asked for.',
  })
  items: (ActionDecided | ActionRefused)[]
}
