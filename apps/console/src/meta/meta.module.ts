import { Module } from '@nestjs/common'
import { EventsDocumentController } from './events-document.controller'
import { MetaController } from './meta.controller'

@Module({ controllers: [MetaController, EventsDocumentController] })
export class MetaModule {}
