import { Query, QueryHandler } from '@nestjs/cqrs'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { Clock } from '../ports'
import type { EvidenceStore } from './evidence-store'
import { readLink, type LinkSigning } from './signed-links'
import { FILE_EXTENSIONS, recogniseEvidence, type EvidenceType } from './recognise-evidence'

/** A piece as it is served. */
export interface ShownEvidence {
  readonly type: EvidenceType
  readonly bytes: Buffer
}

/** The piece that a link refers to; `undefined` whether the link is forged or expired or the piece deleted. */
export class ShowEvidence extends Query<ShownEvidence | undefined> {
  constructor(readonly linkName: string) {
    super()
  }
}

/** What is needed to serve links. */
export interface LinkedEvidence {
  readonly evidence: EvidenceStore
  readonly signing: LinkSigning
}

/** How many pieces are opened at once: a video may take a hundred megabytes, and twice that while it is decrypted. */
const MAX_CONCURRENT = 2

@QueryHandler(ShowEvidence)
export class ShowEvidenceHandler implements IQueryHandler<ShowEvidence> {
  private readonly slots: Promise<unknown>[] = Array.from({ length: MAX_CONCURRENT }, () => Promise.resolve())
  private nextSlot = 0

  constructor(
    private readonly linkedEvidence: LinkedEvidence | undefined,
    private readonly clock: Clock,
  ) {}

  async execute({ linkName }: ShowEvidence): Promise<ShownEvidence | undefined> {
    if (this.linkedEvidence === undefined) return undefined
    const { evidence, signing } = this.linkedEvidence
    const target = readLink(linkName, this.clock(), signing)
    if (target === undefined) return undefined
    const bytes = await this.withLimit(() => evidence.get(target.org, target.hash))
    const type = bytes === undefined ? undefined : recogniseEvidence(bytes)?.type
    return bytes === undefined || type === undefined || FILE_EXTENSIONS[type] !== target.extension
      ? undefined
      : { type, bytes }
  }

  private withLimit<T>(task: () => Promise<T>): Promise<T> {
    const slot = this.nextSlot++ % MAX_CONCURRENT
    const result = (this.slots[slot] ?? Promise.resolve()).then(task)
    this.slots[slot] = result.catch(() => undefined)
    return result
  }
}
