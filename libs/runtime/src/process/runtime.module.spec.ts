import { Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { DataSource } from 'typeorm'
import { Directory, openVault } from '#access'
import { provide, provideBy, token } from './provide'
import { runtimeOn } from './runtime'
import { RuntimeModule } from './runtime.module'
import { CLOCK, METRICS, SEALING, VAULT } from './tokens'

const NOON = Date.UTC(2026, 10, 11, 4)
const vault = openVault(Buffer.alloc(32, 7))
const database = new DataSource({ type: 'postgres' })
const runtime = runtimeOn({ app: 'test', database, vault, clock: () => NOON })

/** As the classes of `case-handling` are: a plain constructor and no decorator of Nest. */
class Plain {
  constructor(
    readonly directory: Directory,
    readonly clock: () => number,
    readonly greeting: string,
    readonly left?: string,
  ) {}
}
const GREETING = token<string>('greeting')

@Module({
  providers: [
    provideBy(GREETING, (clock: () => number) => `at ${clock()}`, CLOCK),
    provide(Plain, Directory, CLOCK, GREETING),
  ],
})
class Feature {}

@Injectable()
class Nothing {}

@Module({ imports: [RuntimeModule.forRoot(runtime), Feature], providers: [Nothing] })
class Root {}

describe('the runtime of a process', () => {
  it('is injected into every module, by class or token', async () => {
    const app = await NestFactory.createApplicationContext(Root, { logger: false })
    const plain = app.get(Plain)
    expect([plain.directory, plain.greeting, plain.left]).toEqual([runtime.directory, `at ${NOON}`, undefined])
    expect([app.get(DataSource), app.get(VAULT), app.get(CLOCK)]).toEqual([database, vault, runtime.clock])
    expect(app.get(METRICS)).toBeUndefined()
    expect(Object.keys(app.get(SEALING))).toContain('sealMessage')
    await app.close()
  })

  it('checks the type of each token against its parameter', () => {
    // @ts-expect-error a clock is no directory
    provide(Plain, CLOCK, CLOCK, GREETING)
    // @ts-expect-error the greeting is missing
    provide(Plain, Directory, CLOCK)
    // @ts-expect-error a number is no greeting
    expect(() => provideBy(GREETING, () => 1)).not.toThrow()
  })
})
