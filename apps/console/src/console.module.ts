import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { APP_FILTER, APP_PIPE } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { QUESTION_HANDLERS } from '#read-models'
import { actionHandlers } from './actions/action-handlers'
import { ActionsController } from './actions/actions.controller'
import { AppealsController } from './appeals/appeals.controller'
import { CasesController } from './cases/cases.controller'
import { DeadLettersController } from './dead-letters/dead-letters.controller'
import { EvidenceController } from './evidence/evidence.controller'
import { EvidenceWantedController } from './evidence/evidence-wanted.controller'
import { EventsDocumentController } from './meta/events-document.controller'
import { FactsController } from './facts/facts.controller'
import { GrantsController } from './grants/grants.controller'
import { GuidanceController } from './guidance/guidance.controller'
import { JudgementController } from './judgement/judgement.controller'
import { LiveController } from './live/live.controller'
import { LiveFeed } from './live/live-feed'
import { MessageText } from './messages/message-text'
import { MessagesController } from './messages/messages.controller'
import { MetaController } from './meta/meta.controller'
import { PageController } from './page/page.controller'
import { PARTS, type ConsoleParts } from './parts'
import { ProblemFilter } from './problems/problem.filter'
import { QuarantineController } from './quarantine/quarantine.controller'
import { QueueController } from './queue/queue.controller'
import { RunAgainHandler } from './quarantine/run-again'
import { Scope } from './core/scope'
import { SearchController } from './search/search.controller'
import { StoreTermsController } from './stores/store-terms.controller'
import { StoresController } from './stores/stores.controller'
import { StrategiesController } from './strategies/strategies.controller'
import { strategyHandlers } from './strategies/strategy-handlers'
import { TrialsController } from './trials/trials.controller'
import { StrictValidation } from './input/validation'

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
