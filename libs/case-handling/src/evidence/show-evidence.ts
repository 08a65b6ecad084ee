import { Query, QueryHandler } from '@nestjs/cqrs'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { Clock } from '../ports'
import type { EvidenceStore } from './evidence-store'
import { readLink, type LinkSigning } from './signed-links'
import { FILE_EXTENSIONS, recognise, type EvidenceType } from './recognise'

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

/** What is needed to serve links. */
export interface LinkedEvidence {
  readonly evidence: EvidenceStore
  readonly signing: LinkSigning
}

/**
 * Pieces opened at the same time; further requests wait. A video may take a hundred megabytes, twice while it is
 * unsealed.
 */
const MAX_CONCURRENT = 2

@QueryHandler(ShowEvidence)
export class ShowEvidenceHandler implements IQueryHandler<ShowEvidence> {
  private readonly lanes: Promise<unknown>[] = Array.from({ length: MAX_CONCURRENT }, () => Promise.resolve())
  private next = 0

  constructor(
    private readonly linkedEvidence: LinkedEvidence | undefined,
    private readonly clock: Clock,
  ) {}

  async execute({ name }: ShowEvidence): Promise<ShownEvidence | undefined> {
    if (this.linkedEvidence === undefined) return undefined
    const { evidence, signing } = this.linkedEvidence
    const target = readLink(name, this.clock(), signing)
    if (target === undefined) return undefined
    const bytes = await this.withLimit(() => evidence.get(target.org, target.hash))
    const type = bytes === undefined ? undefined : recognise(bytes)?.type
    return bytes === undefined || type === undefined || FILE_EXTENSIONS[type] !== target.extension
      ? undefined
      : { type, bytes }
  }

  private withLimit<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.next++ % MAX_CONCURRENT
    const done = (this.lanes[lane] ?? Promise.resolve()).then(work)
    this.lanes[lane] = done.catch(() => undefined)
    return done
  }
}
