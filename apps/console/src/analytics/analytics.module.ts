import { Module } from '@nestjs/common'
import { AnalyticsController } from './analytics.controller'
import { ExportController } from './export.controller'
import { Figures } from './figures'

@Module({ controllers: [AnalyticsController, ExportController], providers: [Figures] })
export class AnalyticsModule {}
