import { Readable } from 'node:stream'
import { Controller, Get, Query, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { DataSource } from 'typeorm'
import { audited } from '#access'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { AuditsItself } from '../security/audited'
import { currentActor } from '../security/current-actor'
import { Permission } from '../security/permission'
import { FigureExportRequest } from './analytics.request'
import { csvLines } from './csv'
import { Figures, MOST_ROWS_OF_FILE } from './figures'
import { parquetPieces } from './parquet'

const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' } as const

/** Figures as a file. Each export is in the audit, committed before the first byte is sent. */
@ApiTags('Analytics')
@Controller('api/analytics/export')
export class ExportController {
  constructor(
    private readonly figures: Figures,
    private readonly scope: Scope,
    private readonly database: DataSource,
  ) {}

  @Get()
  @Permission('exports.run')
  @AuditsItself('figures.exported', 'organisation:{org}')
  @ApiOperation({
    summary: 'Export figures as CSV or Parquet',
    description:
      'The same question as for figures; every line has the position of the log, which tells whether something has changed since. Parquet has it, and the question, in its metadata, too.',
  })
  @ApiOkResponse({
    description: 'CSV as in RFC 4180, or Apache Parquet.',
    content: {
      'text/csv': { schema: { type: 'string' } },
      [CONTENT_TYPES.parquet]: { schema: { type: 'string', format: 'binary' } },
    },
  })
  @Problems('not-understood', 'no-right-answer', 'figures-too-slow')
  async file(@Query() request: FigureExportRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.figures.ask(request, MOST_ROWS_OF_FILE)
    const names = await this.scope.storeNames()
    const { metrics, from, to, grain, dimension = 'none', reader, format } = request
    await this.database.transaction((manager) =>
      audited(manager, currentActor(), 'figures.exported', `organisation:${this.scope.org}`, {
        ...{ metrics, from, to, grain, dimension, format, reader, position: asked.position },
        rows: asked.figures.reduce((sum, [, { rows }]) => sum + rows.length, 0),
      }),
    )
    await reply
      .header('content-type', CONTENT_TYPES[format])
      .header('content-disposition', `attachment; filename="figures-${from}-${to}.${format}"`)
      .header('cache-control', 'no-store')
      .send(
        Readable.from(
          format === 'parquet' ? parquetPieces(asked, request) : csvLines(asked, request, (store) => names(store).name),
        ),
      )
  }
}
