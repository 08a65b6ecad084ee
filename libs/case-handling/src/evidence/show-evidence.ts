import { Query, QueryHandler } from '@nestjs/cqrs'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { Clock } from '../ports'
import type { EvidenceStore } from './evidence-store'
import { readLink, type LinkSigning } from './signed-links'
import { ENDINGS, recognise, type EvidenceType } from './recognise'

export interface ShownEvidence {
  readonly type: EvidenceType
  readonly bytes: Buffer
}

/** The piece that a link refers to, or `undefined`: forged, expired and deleted are all alike. */
export class ShowEvidence extends Query<ShownEvidence | undefined> {
  constructor(readonly name: string) {
    super()
  }
}

/** Where links lead. */
export interface LinkedShelf {
  readonly evidence: EvidenceStore
  readonly signing: LinkSigning
}

/** A video has a hundred megabytes, twice while it is opened: so many are opened at a time, the others wait. */
const AT_ONCE = 2

@QueryHandler(ShowEvidence)
export class ShowEvidenceHandler implements IQueryHandler<ShowEvidence> {
  private readonly lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve())
  private next = 0

  constructor(
    private readonly shelf: LinkedShelf | undefined,
    private readonly clock: Clock,
  ) {}

  async execute({ name }: ShowEvidence): Promise<ShownEvidence | undefined> {
    if (this.shelf === undefined) return undefined
    const { evidence, signing } = this.shelf
    const linked = readLink(name, this.clock(), signing)
    if (linked === undefined) return undefined
    const bytes = await this.inTurn(() => evidence.get(linked.org, linked.hash))
    const type = bytes === undefined ? undefined : recognise(bytes)?.type
    return bytes === undefined || type === undefined || ENDINGS[type] !== linked.ending ? undefined : { type, bytes }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.next++ % AT_ONCE
    const done = (this.lanes[lane] ?? Promise.resolve()).then(work)
    this.lanes[lane] = done.catch(() => undefined)
    return done
  }
}
