import { Controller, Get, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ConsoleModule } from '../console.module'
import type { Runtime } from '#runtime'
import type { ConsoleOptions } from '../core/core.module'
import { operationsOf, operationsOfController, type DeclaredOperation } from './operations'
import { Permission, Public } from './permission'

const undeclared = (operations: readonly DeclaredOperation[]): string[] =>
  operations.filter(({ access }) => access === undefined).map(({ route }) => route)

const withoutAudit = (operations: readonly DeclaredOperation[]): string[] =>
  operations
    .filter(({ route, audited }) => !route.startsWith('GET ') && audited === undefined)
    .map(({ route }) => route)

describe('every operation (threat S7)', () => {
  let operations: DeclaredOperation[]
  beforeAll(async () => {
    const preview = { preview: true, logger: false } as const
    const app = await NestFactory.createApplicationContext(
      ConsoleModule.forRoot({} as Runtime, {} as ConsoleOptions),
      preview,
    )
    operations = operationsOf(app)
    await app.close()
  })

  it('declares which permission it needs, or that it needs none', () => {
    expect(operations.length).toBeGreaterThan(50)
    expect(undeclared(operations)).toEqual([])
  })

  it('needs a log-in unless it is in this list', () => {
    expect(operations.filter(({ access }) => access === 'public').map(({ route }) => route)).toEqual([
      'GET /asyncapi.json',
      'POST /api/session',
      'POST /api/session/second-factor',
      'GET /api/session',
      'POST /api/links/view',
      'POST /api/links/open',
      'POST /api/session/oidc',
      'POST /api/session/oidc/complete',
      'POST /api/session/passkey/begin',
      'POST /api/session/passkey',
      'GET /',
      'GET /*',
    ])
  })

  it('needs more than a permission to read where it changes something', () => {
    const changing = operations.filter(({ route }) => !route.startsWith('GET '))
    // A dry run changes nothing: it judges one case by settings that are too long for an address. To report that a case is
    // open stores nothing.
    expect(
      changing
        .filter(
          ({ access }) => access !== undefined && [access].flat().every((permission) => permission.endsWith('.read')),
        )
        .map(({ route }) => route),
    ).toEqual(['POST /api/presence', 'POST /api/strategies/:id/versions/:version/dry-run'])
  })

  it('declares how the audit names it where it may change something', () => {
    expect(withoutAudit(operations)).toEqual([])
    expect(operations.filter(({ audited }) => audited === 'nothing').map(({ route }) => route)).toEqual([
      'POST /api/batches/options',
      'POST /api/presence',
      'POST /api/stores/:id/test',
      'POST /api/strategies/:id/versions/:version/dry-run',
      'POST /api/links/view',
      'POST /api/session/oidc',
      'POST /api/session/proof/oidc',
      'POST /api/account/oidc',
      'POST /api/account/passkeys/begin',
      'POST /api/session/passkey/begin',
      'POST /api/session/proof/passkey/begin',
    ])
  })

  it('is reported where it declares neither a permission nor an audit entry', () => {
    @Controller('api/things')
    class Things {
      @Get()
      @Permission('queue.read')
      list(): void {}

      @Post('forgotten')
      forgotten(): void {}

      @Get(['a', 'b'])
      @Public()
      open(): void {}
    }
    expect(operationsOfController(Things)).toEqual([
      { route: 'GET /api/things', access: ['queue.read'] },
      { route: 'POST /api/things/forgotten', access: undefined },
      { route: 'GET /api/things/a', access: 'public' },
      { route: 'GET /api/things/b', access: 'public' },
    ])
    expect(undeclared(operationsOfController(Things))).toEqual(['POST /api/things/forgotten'])
    expect(withoutAudit(operationsOfController(Things))).toEqual(['POST /api/things/forgotten'])
  })
})
