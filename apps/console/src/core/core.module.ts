import type { DynamicModule } from '@nestjs/common'
import { Global, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { QUESTION_HANDLERS } from '#read-models'
import { PARTS, type ConsoleParts } from '../parts'
import { Scope } from './scope'

/** What every topic needs: the parts of the process, both buses with every query, and the scope of the organisation. */
@Global()
@Module({})
export class CoreModule {
  static of(parts: ConsoleParts): DynamicModule {
    return {
      module: CoreModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: DataSource, useValue: parts.database },
        Scope,
        ...QUESTION_HANDLERS,
      ],
      exports: [PARTS, DataSource, Scope],
    }
  }
}
