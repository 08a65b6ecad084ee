import type { DynamicModule, Provider } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Directory, messageSealingOf } from '#access'
import { WakeUps } from '#event-store'
import { Readiness } from '../health/readiness'
import { provideBy } from './provide'
import type { Runtime } from './runtime'
import { CLOCK, JOURNAL, KEY_READINESS, METRICS, SEALING, TRACING, VAULT } from './tokens'

/**
 * Provides the runtime of the process to all modules: `DataSource`, `Directory`, `Readiness` and `WakeUps` by class, the rest
 * by the tokens. Parts that one process shares among several Nest applications, as `standalone` does, are the same ones.
 */
@Module({})
export class RuntimeModule {
  static forRoot(runtime: Runtime): DynamicModule {
    const providers: Provider[] = [
      { provide: DataSource, useValue: runtime.database },
      { provide: Directory, useValue: runtime.directory },
      { provide: WakeUps, useValue: runtime.wakeUps },
      { provide: Readiness, useValue: runtime.readiness },
      { provide: VAULT, useValue: runtime.vault },
      provideBy(SEALING, messageSealingOf, VAULT),
      { provide: CLOCK, useValue: runtime.clock },
      { provide: JOURNAL, useValue: runtime.journal },
      { provide: KEY_READINESS, useValue: runtime.keys },
      { provide: METRICS, useValue: runtime.metrics },
      { provide: TRACING, useValue: runtime.tracing },
    ]
    return {
      module: RuntimeModule,
      global: true,
      providers,
      exports: providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
    }
  }
}
