import { typesOfPieces } from '#ledgers'
import type { DataSource } from 'typeorm'
import type { Clock, HostEvidence } from '../ports'
import { buildLinkName, type LinkSigning } from './signed-links'
import { FILE_EXTENSIONS, type EvidenceType } from './recognise-evidence'

/** The path at the gateway under which pieces are served. */
export const EVIDENCE_PATH = 'evidence'

interface HostingOptions {
  readonly database: DataSource
  readonly signing: LinkSigning
  readonly clock: Clock
  /** The gateway's address on the internet, e.g. `https://push.example.com`. */
  readonly publicUrl: string
  /** How long a link is valid. */
  readonly validMs: number
}

/**
 * Makes links to our own gateway, also when the pieces are in a bucket: a bucket's own link would return the sealed bytes,
 * which only we can open. A piece that belongs to no case gets no link.
 */
export function hostEvidenceAtGateway({ database, signing, clock, publicUrl, validMs }: HostingOptions): HostEvidence {
  const root = `${publicUrl.replace(/(?<!\/)\/+$/, '')}/${EVIDENCE_PATH}`
  return async (org, pieces) => {
    const typesByHash = new Map(
      (
        await typesOfPieces(
          database,
          org,
          pieces.map(({ hash }) => hash),
        )
      ).map(({ hash, type }) => [hash, type]),
    )
    const expiresAt = clock() + validMs
    return pieces.flatMap(({ hash, kind }) => {
      const type = typesByHash.get(hash)
      if (type === undefined || !(type in FILE_EXTENSIONS)) return []
      return [{ hash, kind, url: `${root}/${buildLinkName({ org, hash, expiresAt }, type as EvidenceType, signing)}` }]
    })
  }
}
