import { Controller, Get, Inject } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Term } from '#after-sale'
import { GLOSSARY } from '#after-sale'
import { MARKETPLACES } from '#connectors'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { iso } from '../core/instants'
import { Scope } from '../core/scope'
import { Meta } from './meta.answer'
import { Permission } from '../security/permission'

const NOTICE = 'Names and phone numbers are masked, and what you do is recorded. 姓名与电话已脱敏，操作会被记录。'

/** The glossary without what only the model needs of it. */
const GLOSSARY_TEXTS = Object.fromEntries(
  Object.entries(GLOSSARY).map(([section, words]) => [
    section,
    Object.fromEntries(Object.entries(words as Record<string, Term>).map(([code, { zh, en }]) => [code, { zh, en }])),
  ]),
)

@ApiTags('About')
@Controller('api/meta')
export class MetaController {
  constructor(
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('meta.read')
  @ApiOperation({
    summary: 'Get the organisation and the glossary',
    description: 'With its stores and marketplaces; the glossary has every code in Chinese and English.',
  })
  @ApiOkResponse({ type: Meta })
  async meta(): Promise<Meta> {
    const { id, name } = await this.scope.organisation()
    const stores = await this.scope.stores()
    return {
      organisation: { id: String(id), name },
      now: iso(this.clock()),
      marketplaces: MARKETPLACES.map(({ marketplace, name: { zh, en } }) => ({ id: marketplace, zh, en })),
      stores: stores.map((store) => ({ id: String(store.id), name: store.name, marketplace: store.marketplace })),
      glossary: GLOSSARY_TEXTS,
      notice: NOTICE,
    }
  }
}
