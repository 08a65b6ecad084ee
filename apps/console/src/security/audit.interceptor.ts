import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common'
import { HttpException, Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { from, lastValueFrom, type Observable } from 'rxjs'
import { DataSource } from 'typeorm'
import type { Actor, AuditDetails } from '#access'
import { actorRef, audited, auditOfChange } from '#access'
import type { ChangeFacts } from '#event-store'
import { ChangeRecord, recordingChanges } from '#event-store'
import { codeOfStatus } from '../problems/problem-codes'
import { Problem } from '../problems/problem.filter'
import { AUDITED, type AuditDeclaration, type AuditedOperation, detailsOf, isPlain, subjectOf } from './audited'
import { actorOf } from './authentication'

const READ_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Every operation that may change something leaves an entry in the audit: in the transaction that changes it, or, where it was
 * refused or nothing had to be changed, in one of its own. An operation without a declaration is not carried out.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: DataSource,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const declared = this.reflector.get<AuditDeclaration | undefined>(AUDITED, context.getHandler())
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const actor = actorOf(request)
    if (declared === undefined) {
      if (READ_METHODS.has(request.method)) return next.handle()
      throw new Error('an operation that may change something declares no audit entry')
    }
    // Before a log-in only the identity does something, and writes its entries itself.
    if (declared === 'nothing' || actor === undefined) return next.handle()
    return from(this.recordChanges(new RequestedEntry(declared, actor, request), next))
  }

  private async recordChanges(entry: RequestedEntry, next: CallHandler): Promise<unknown> {
    const { record } = entry
    let answer: unknown
    try {
      answer = await recordingChanges(record, () => lastValueFrom(next.handle(), { defaultValue: undefined }))
    } catch (error) {
      await this.recordRefusal(entry, error)
      throw error
    } finally {
      record.end()
    }
    if (!record.isWritten) await this.write(entry, entry.declared.action, 'unchanged')
    return answer
  }

  private async recordRefusal(entry: RequestedEntry, error: unknown): Promise<void> {
    const status = error instanceof HttpException ? error.getStatus() : 500
    const outcome = error instanceof Problem ? error.code : status < 500 ? codeOfStatus(status) : 'failed'
    // What was not understood was not asked for; what a library refused, it has written itself.
    if (NOT_UNDERSTOOD.has(outcome) || (entry.declared.byItself && entry.record.isWritten)) return
    const written =
      status === 403
        ? this.write(entry, 'access.denied', outcome, { operation: entry.declared.action })
        : this.write(entry, entry.declared.action, outcome)
    // The first error is answered, also where the database is away.
    await (status >= 500 ? written.catch(() => undefined) : written)
  }

  private write(entry: RequestedEntry, action: string, outcome: string, more: ChangeFacts = {}): Promise<void> {
    const { actor, record } = entry
    const { subject, details } = entry.of(outcome, { ...record.facts, ...more })
    return this.database.transaction((manager) => audited(manager, actor, action, subject, details))
  }
}

/** Refusals before anything was checked: they say nothing about who may do what, and would fill the audit. */
const NOT_UNDERSTOOD: ReadonlySet<string> = new Set([
  'not-understood',
  'not-signed-in',
  'too-large',
  'wrong-content-type',
])

/** Collects the audit entry of one request: what it names, and the facts that its transaction notes. */
class RequestedEntry {
  readonly record: ChangeRecord
  private readonly body: ChangeFacts
  private readonly params: ChangeFacts
  private readonly requestDetails: ChangeFacts

  constructor(
    readonly declared: AuditedOperation,
    readonly actor: Actor,
    { params, body }: FastifyRequest,
  ) {
    const session = actor.kind === 'person' ? { session: actor.session } : {}
    this.params = { ...(params as ChangeFacts), org: actor.org, self: actor.id, ...session }
    this.body = isPlain(body) ? body : {}
    this.requestDetails = detailsOf(declared.details, { params: this.params, body })
    this.record = new ChangeRecord(declared.byItself ? undefined : (facts) => this.statement(facts))
  }

  of(outcome: string, facts: ChangeFacts): { readonly subject: string; readonly details: AuditDetails } {
    return {
      subject: subjectOf(this.declared.subject, { ...this.body, ...this.params, ...facts }),
      details: { ...(this.requestDetails as AuditDetails), ...(facts as AuditDetails), outcome },
    }
  }

  private statement(facts: ChangeFacts): ReturnType<typeof auditOfChange> {
    const { org } = this.actor
    const entry = { org, actor: actorRef(this.actor), action: this.declared.action, ...this.of('done', facts) }
    return auditOfChange(entry, Date.now())
  }
}
