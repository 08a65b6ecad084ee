import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { APP_FILTER, APP_PIPE } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { QUESTION_HANDLERS } from '#read-models'
import { actionHandlers } from './action-handlers'
import { ActionsController } from './actions.controller'
import { AppealsController } from './appeals.controller'
import { CasesController } from './cases.controller'
import { DeadLettersController } from './dead-letters.controller'
import { EvidenceController } from './evidence.controller'
import { EvidenceWantedController } from './evidence-wanted.controller'
import { EventsDocumentController } from './events-document.controller'
import { FactsController } from './facts.controller'
import { GrantsController } from './grants.controller'
import { GuidanceController } from './guidance.controller'
import { JudgementController } from './judgement.controller'
import { LiveController } from './live.controller'
import { LiveFeed } from './live-feed'
import { MessageText } from './message-text'
import { MessagesController } from './messages.controller'
import { MetaController } from './meta.controller'
import { PageController } from './page.controller'
import { PARTS, type ConsoleParts } from './parts'
import { ProblemFilter } from './problem.filter'
import { QuarantineController } from './quarantine.controller'
import { QueueController } from './queue.controller'
import { RunAgainHandler } from './run-again'
import { Scope } from './scope'
import { SearchController } from './search.controller'
import { StoreTermsController } from './store-terms.controller'
import { StoresController } from './stores.controller'
import { StrategiesController } from './strategies.controller'
import { strategyHandlers } from './strategy-handlers'
import { TrialsController } from './trials.controller'
import { StrictValidation } from './validation'

/** The console: questions, live updates, and running again what was in quarantine. */
@Module({})
export class ConsoleModule {
  static of(parts: ConsoleParts): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        MetaController,
        EventsDocumentController,
        QueueController,
        SearchController,
        CasesController,
        ActionsController,
        MessagesController,
        QuarantineController,
        DeadLettersController,
        StoresController,
        StoreTermsController,
        GrantsController,
        TrialsController,
        StrategiesController,
        JudgementController,
        GuidanceController,
        FactsController,
        AppealsController,
        EvidenceController,
        EvidenceWantedController,
        LiveController,
        PageController,
      ],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: DataSource, useValue: parts.database },
        { provide: APP_PIPE, useClass: StrictValidation },
        { provide: APP_FILTER, useClass: ProblemFilter },
        Scope,
        MessageText,
        LiveFeed,
        RunAgainHandler,
        ...actionHandlers(parts),
        ...strategyHandlers(parts),
        ...QUESTION_HANDLERS,
      ],
    }
  }
}
