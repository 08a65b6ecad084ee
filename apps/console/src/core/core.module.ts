import type { DynamicModule, Provider } from '@nestjs/common'
import { Global, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import type { Organisation } from '#access'
import type { EvidenceStore } from '#case-handling'
import { StrategiesInForce } from '#case-handling'
import { QUESTION_HANDLERS } from '#read-models'
import { JOURNAL, provideBy } from '#runtime'
import { pageFolderOf } from '../page/page-folder'
import { EVIDENCE_STORE, ORGANISATION, PAGE_FOLDER, TOPIC_PREFIX } from '../tokens'
import { Scope } from './scope'

/** What the console needs beside the runtime of its process. */
export interface ConsoleOptions {
  readonly organisation: Organisation
  readonly evidence?: EvidenceStore | undefined
  readonly topicPrefix?: string | undefined
  /** Found by itself if absent. */
  readonly pageFolder?: string | undefined
  /** Shared with the worker where both run in one process. */
  readonly strategies?: StrategiesInForce | undefined
}

/** What several topics inject: the options, both buses with every query, and the scope of the organisation. */
@Global()
@Module({})
export class CoreModule {
  static forRoot({ organisation, evidence, topicPrefix, pageFolder, strategies }: ConsoleOptions): DynamicModule {
    const shared: Provider[] = [
      { provide: ORGANISATION, useValue: organisation },
      { provide: EVIDENCE_STORE, useValue: evidence },
      { provide: TOPIC_PREFIX, useValue: topicPrefix },
      { provide: PAGE_FOLDER, useValue: pageFolderOf(pageFolder) },
      provideBy(
        StrategiesInForce,
        (journal) => strategies ?? new StrategiesInForce(journal, { perTenant: true }),
        JOURNAL,
      ),
      Scope,
    ]
    return {
      module: CoreModule,
      imports: [CqrsModule.forRoot()],
      providers: [...shared, ...QUESTION_HANDLERS],
      exports: shared.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
    }
  }
}
