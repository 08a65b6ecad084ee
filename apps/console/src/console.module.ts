import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core'
import type { Runtime } from '#runtime'
import { RuntimeModule } from '#runtime'
import { ActionsModule } from './actions/actions.module'
import { AnalyticsModule } from './analytics/analytics.module'
import { AppealsModule } from './appeals/appeals.module'
import { AuditModule } from './audit/audit.module'
import { BatchesModule } from './batches/batches.module'
import { BuyersModule } from './buyers/buyers.module'
import { CasesModule } from './cases/cases.module'
import type { ConsoleOptions } from './core/core.module'
import { CoreModule } from './core/core.module'
import { DeadLettersModule } from './dead-letters/dead-letters.module'
import { EvidenceModule } from './evidence/evidence.module'
import { FactsModule } from './facts/facts.module'
import { GrantsModule } from './grants/grants.module'
import { GuidanceModule } from './guidance/guidance.module'
import { StrictValidation } from './input/validation'
import { JudgementModule } from './judgement/judgement.module'
import { KeysModule } from './keys/keys.module'
import { LiveModule } from './live/live.module'
import { MessagesModule } from './messages/messages.module'
import { MetaModule } from './meta/meta.module'
import { OidcModule } from './oidc/oidc.module'
import { PageModule } from './page/page.module'
import { PasskeysModule } from './passkeys/passkeys.module'
import { PeopleModule } from './people/people.module'
import { ProblemFilter } from './problems/problem.filter'
import { QuarantineModule } from './quarantine/quarantine.module'
import { QueueModule } from './queue/queue.module'
import { SearchModule } from './search/search.module'
import { SessionModule } from './session/session.module'
import { AccessGuard } from './security/access.guard'
import { AuditInterceptor } from './security/audit.interceptor'
import { Denials } from './security/denials'
import { StoresModule } from './stores/stores.module'
import { StrategiesModule } from './strategies/strategies.module'
import { TeamworkModule } from './teamwork/teamwork.module'
import { TrialsModule } from './trials/trials.module'

/** One module a topic; what all of them share is in the core module. */
const TOPICS = [
  MetaModule,
  QueueModule,
  SearchModule,
  CasesModule,
  BuyersModule,
  GuidanceModule,
  ActionsModule,
  BatchesModule,
  TeamworkModule,
  FactsModule,
  AppealsModule,
  EvidenceModule,
  StoresModule,
  StrategiesModule,
  JudgementModule,
  TrialsModule,
  AnalyticsModule,
  GrantsModule,
  MessagesModule,
  QuarantineModule,
  DeadLettersModule,
  LiveModule,
  SessionModule,
  PeopleModule,
  OidcModule,
  PasskeysModule,
  KeysModule,
  AuditModule,
  PageModule,
]

@Module({})
export class ConsoleModule {
  static forRoot(runtime: Runtime, options: ConsoleOptions): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [RuntimeModule.forRoot(runtime), CoreModule.forRoot(options), ...TOPICS],
      providers: [
        Denials,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
        { provide: APP_PIPE, useClass: StrictValidation },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    }
  }
}
