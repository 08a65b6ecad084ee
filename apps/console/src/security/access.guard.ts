import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { DataSource } from 'typeorm'
import type { Actor, Permission } from '#access'
import { may } from '#access'
import { notFound, Problem, problemOf } from '../problems/problem.filter'
import { StrategyReaders } from '../strategies/strategy-readers'
import { actorOf } from './authentication'
import { Denials } from './denials'
import { ACCESS, RECENT_PROOF, type Access } from './permission'
import { requireRecentProof } from './recent-proof'

/**
 * Every operation is refused unless it is declared public, or its caller is known and has a permission that it needs. A case
 * of a store that the caller may not see is answered like one that does not exist. To read strategies takes a grant, too (R160).
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: DataSource,
    private readonly denials: Denials,
    private readonly strategyReaders: StrategyReaders,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()]
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets)
    if (access === 'public') return true
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const actor = actorOf(request)
    if (actor === undefined) throw problemOf('not-signed-in')
    const permission = access?.find((name) => may(actor, name))
    if (permission === undefined) {
      await this.denials.recordDenial(actor, request, access ?? [])
      throw forbidden(access ?? [])
    }
    if (this.reflector.getAllAndOverride<true | undefined>(RECENT_PROOF, targets) === true)
      await this.denyUnless(actor, request, ['recent-proof'], () => requireRecentProof(actor))
    // Changes are checked where they are made, with the grant locked.
    if (permission === 'strategies.read')
      await this.denyUnless(actor, request, ['strategy-grant'], () => this.strategyReaders.requireStores())
    await requireVisibleCase(this.database, actor, request)
    return true
  }

  /** Records what a check refuses. */
  private async denyUnless(
    actor: Actor,
    request: FastifyRequest,
    needed: readonly string[],
    check: () => unknown,
  ): Promise<void> {
    try {
      await check()
    } catch (error) {
      if (error instanceof Problem) await this.denials.recordDenial(actor, request, needed)
      throw error
    }
  }
}

/** The permission is named, so that the caller knows what to ask an owner for. */
export const forbidden = (needed: readonly Permission[]): Problem =>
  problemOf('forbidden', {
    detail: `This needs the permission ${needed.join(' or ')}, which your role or key does not have. Ask an owner.`,
    more: { permission: needed.join(' or ') },
  })

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const CASE_ROUTE = /^\/api\/cases\/:id(?:\/|$)/

/** @throws Problem where the case in the address is not of a store that the caller may see */
export async function requireVisibleCase(
  database: DataSource,
  actor: Actor,
  { routeOptions, params }: FastifyRequest,
): Promise<void> {
  if (!CASE_ROUTE.test(routeOptions.url ?? '')) return
  const { id = '' } = params as { id?: string }
  // What is no id is refused by its class; what is of another organisation, by every question itself.
  if (actor.stores !== 'all' && UUID.test(id) && !(await isVisibleCase(database, actor, id))) throw notFound()
}

/** Whether there is such a case, and its organisation and store are the caller's. */
export async function isVisibleCase(
  database: DataSource,
  { org, stores }: Pick<Actor, 'org' | 'stores'>,
  id: string,
): Promise<boolean> {
  const found = await database.query<unknown[]>(
    'SELECT 1 FROM stream WHERE id = $1 AND org = $2 AND ($3::int[] IS NULL OR store = ANY ($3))',
    [id, org, stores === 'all' ? null : stores],
  )
  return found.length > 0
}
