import type { DynamicModule, Provider } from '@nestjs/common'
import { Global, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import type { Identity } from '#access'
import { Directory } from '#access'
import type { EvidenceStore } from '#case-handling'
import { StrategiesInForce } from '#case-handling'
import { QUESTION_HANDLERS } from '#read-models'
import { JOURNAL, provideBy } from '#runtime'
import { pageFolderOf } from '../page/page-folder'
import {
  CONNECTING,
  EVIDENCE_STORE,
  PAGE_FOLDER,
  PROOF_ABOVE_FEN,
  REVEALS_A_DAY,
  TOPIC_PREFIX,
  UNDO_MS,
} from '../tokens'
import { StrategyReaders } from '../strategies/strategy-readers'
import { Authenticator } from '../security/authentication'
import { IDENTITY } from './identity'
import { connectingOf } from './connecting'
import { RelyingParties } from '../passkeys/relying-parties'
import { QueueFilters } from '../queue/queue-filters'
import { Assignees } from './assignees'
import { Scope } from './scope'

/** 500 yuan; the same defaults as in `settings.ts`, for processes and tests that pass no settings. */
const DEFAULT_PROOF_ABOVE_FEN = 50_000
const DEFAULT_REVEALS_A_DAY = 50

/** What the console needs in addition to the runtime of its process. */
export interface ConsoleOptions {
  /** One instance for each process. */
  readonly identity: Identity
  /** How people reach the console; absent: under the loopback names only. */
  readonly publicUrl?: string | undefined
  /** Hosts that may stand in for any marketplace: simulators. */
  readonly insecureHosts?: readonly string[] | undefined
  /** Actions that cost more need a recent proof of who asks, fen. */
  readonly proofAboveFen?: number | undefined
  /** How long actions that cost money wait before they are sent, ms; absent: not at all. */
  readonly undoMs?: number | undefined
  /** How many names and phones of buyers a person may see in a day. */
  readonly revealsADay?: number | undefined
  readonly evidence?: EvidenceStore | undefined
  readonly topicPrefix?: string | undefined
  /** The folder of the built page; absent: where the build puts it. */
  readonly pageFolder?: string | undefined
  /** Shared with the worker where both run in one process. */
  readonly strategies?: StrategiesInForce | undefined
}

/** What several topics inject: the options, both buses with every query, and the scope of the caller. */
@Global()
@Module({})
export class CoreModule {
  static forRoot({
    identity,
    publicUrl,
    insecureHosts,
    proofAboveFen,
    revealsADay,
    undoMs,
    evidence,
    topicPrefix,
    pageFolder,
    strategies,
  }: ConsoleOptions): DynamicModule {
    const shared: Provider[] = [
      { provide: IDENTITY, useValue: identity },
      { provide: PROOF_ABOVE_FEN, useValue: proofAboveFen ?? DEFAULT_PROOF_ABOVE_FEN },
      { provide: UNDO_MS, useValue: undoMs ?? 0 },
      { provide: REVEALS_A_DAY, useValue: revealsADay ?? DEFAULT_REVEALS_A_DAY },
      { provide: CONNECTING, useValue: connectingOf(insecureHosts, publicUrl) },
      { provide: EVIDENCE_STORE, useValue: evidence },
      { provide: TOPIC_PREFIX, useValue: topicPrefix },
      { provide: PAGE_FOLDER, useValue: pageFolderOf(pageFolder) },
      provideBy(
        StrategiesInForce,
        (journal) => strategies ?? new StrategiesInForce(journal, { perTenant: true }),
        JOURNAL,
      ),
      provideBy(
        Authenticator,
        (identity_: Identity, directory) => new Authenticator(identity_, directory),
        IDENTITY,
        Directory,
      ),
      Scope,
      StrategyReaders,
      Assignees,
      RelyingParties,
      QueueFilters,
    ]
    return {
      module: CoreModule,
      imports: [CqrsModule.forRoot()],
      providers: [...shared, ...QUESTION_HANDLERS],
      exports: shared.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
    }
  }
}
