import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import { Assignments, findAssignments, findColleagues, Notes } from '#teamwork'
import { CaseParams } from '../cases/cases.request'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { Audited } from '../security/audited'
import { currentPerson } from '../security/current-actor'
import { Permission } from '../security/permission'
import { Done } from '../session/session.answer'
import { assignmentOrNull, noteAnswerOf, requireChanged } from './teamwork-answers'
import { AssignmentChanged, ColleagueList, TeamworkAnswer } from './teamwork.answer'
import { AddNoteRequest, ChangeAssignmentRequest, PassOnRequest } from './teamwork.request'

/** Who works on which case, and what colleagues write to each other about it. Nothing of it is sent to a marketplace. */
@ApiTags('Teamwork')
@Controller('api')
export class TeamworkController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly scope: Scope,
    private readonly assignments: Assignments,
    private readonly notes: Notes,
  ) {}

  @Get('colleagues')
  @Permission('queue.read')
  @ApiOperation({ summary: 'List the colleagues', description: 'People who may see one of the caller’s stores.' })
  @ApiOkResponse({ type: ColleagueList })
  @Problems()
  async colleagues(): Promise<ColleagueList> {
    const stores = (await this.scope.stores()).map(({ id }) => id)
    const found = await findColleagues(this.database.manager, this.scope.org, stores)
    return { items: found.map(({ id, name }) => ({ id, name })) }
  }

  @Get('cases/:id/teamwork')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'Get assignment and notes of a case',
    description: 'For colleagues: nothing of it is sent to the marketplace.',
  })
  @ApiOkResponse({ type: TeamworkAnswer })
  @Problems('not-understood', 'not-found', 'sealed-unreadable')
  async one(@Param() { id }: CaseParams): Promise<TeamworkAnswer> {
    const { org } = this.scope
    const store = await this.requireStoreOfCase(id)
    const [assignments, notes, colleagues] = [
      await findAssignments(this.database.manager, org, [id]),
      await this.notes.of(org, id),
      await findColleagues(this.database.manager, org, [store]),
    ]
    return { assignment: assignmentOrNull(assignments.get(id)), notes: notes.map(noteAnswerOf), colleagues }
  }

  @Post('cases/:id/assignment/claim')
  @Permission('cases.act')
  @Audited('case.claimed', 'case:{id}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take a case',
    description:
      'Shows colleagues who handles it; others can still act. Refused where a colleague took it since `seen`. It ends with the case.',
  })
  @ApiOkResponse({ type: AssignmentChanged })
  @Problems('not-understood', 'not-found', 'assigned-meanwhile', 'case-ended', 'not-a-colleague')
  async claim(@Param() { id }: CaseParams, @Body() { seen }: ChangeAssignmentRequest): Promise<AssignmentChanged> {
    return requireChanged(await this.assignments.claim(currentPerson(), id, seen ?? undefined))
  }

  @Post('cases/:id/assignment/release')
  @Permission('cases.act')
  @Audited('case.released', 'case:{id}')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a case back', description: 'It is unassigned again.' })
  @ApiOkResponse({ type: AssignmentChanged })
  @Problems('not-understood', 'not-found', 'assigned-meanwhile')
  async release(@Param() { id }: CaseParams, @Body() { seen }: ChangeAssignmentRequest): Promise<AssignmentChanged> {
    return requireChanged(await this.assignments.release(currentPerson(), id, seen ?? undefined))
  }

  @Post('cases/:id/assignment/pass-on')
  @Permission('cases.act')
  @Audited('case.passed-on', 'case:{id}', 'to')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pass a case on',
    description: 'To a colleague who may see its store and act on cases, with a note or without.',
  })
  @ApiOkResponse({ type: AssignmentChanged })
  @Problems(
    ...(['not-understood', 'not-found', 'assigned-meanwhile', 'case-ended'] as const),
    ...(['not-a-colleague', 'colleague-may-not-act', 'too-many-notes'] as const),
  )
  async passOn(@Param() { id }: CaseParams, @Body() { seen, to, note }: PassOnRequest): Promise<AssignmentChanged> {
    const pass = { to, ...(note === undefined ? {} : { note }) }
    return requireChanged(await this.assignments.passOn(currentPerson(), id, seen ?? undefined, pass))
  }

  @Post('cases/:id/notes')
  @Permission('cases.act')
  @Audited('case.noted', 'case:{id}', 'id')
  @HttpCode(200)
  @ApiOperation({ summary: 'Write a note', description: 'For colleagues only.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'too-many-notes', 'conflict')
  async addNote(@Param() { id }: CaseParams, @Body() { id: note, text }: AddNoteRequest): Promise<Done> {
    const outcome = await this.notes.add(currentPerson(), id, { id: note, text })
    if (outcome === 'no-such-case') throw notFound()
    if (outcome === 'too-many') throw problemOf('too-many-notes')
    if (outcome === 'id-taken') throw problemOf('conflict')
    return { done: true }
  }

  /** @throws Problem where there is no such case at the caller's stores */
  private async requireStoreOfCase(id: string): Promise<number> {
    const [row] = await this.database.query<{ store: number }[]>(
      'SELECT store FROM stream WHERE id = $1 AND org = $2',
      [id, this.scope.org],
    )
    if (row === undefined || !this.scope.maySee(row.store)) throw notFound()
    return row.store
  }
}
