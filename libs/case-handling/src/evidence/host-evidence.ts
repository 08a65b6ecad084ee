import { typesOfPieces } from '#ledgers'
import type { DataSource } from 'typeorm'
import type { Clock, HostEvidence } from '../ports'
import { linkNameOf, type LinkSigning } from './signed-links'
import { FILE_EXTENSIONS, type EvidenceType } from './recognise'

/** The gateway's path under which pieces are served. */
export const EVIDENCE_PATH = 'evidence'

interface HostingOptions {
  readonly database: DataSource
  readonly signing: LinkSigning
  readonly clock: Clock
  /** The gateway's address as it is seen from the internet, e.g. `https://push.example.com`. */
  readonly publicUrl: string
  /** How long a link is valid. */
  readonly validMs: number
}

/**
 * Links to our own gateway, for a folder and for a bucket alike: the stored bytes are sealed, so a bucket's own link
 * would return what only we can read. A piece that belongs to no case gets none.
 */
export function hostedAtGateway({ database, signing, clock, publicUrl, validMs }: HostingOptions): HostEvidence {
  const root = `${publicUrl.replace(/(?<!\/)\/+$/, '')}/${EVIDENCE_PATH}`
  return async (org, pieces) => {
    const known = new Map(
      (
        await typesOfPieces(
          database,
          org,
          pieces.map(({ hash }) => hash),
        )
      ).map(({ hash, type }) => [hash, type]),
    )
    const until = clock() + validMs
    return pieces.flatMap(({ hash, kind }) => {
      const type = known.get(hash)
      if (type === undefined || !(type in FILE_EXTENSIONS)) return []
      return [{ hash, kind, url: `${root}/${linkNameOf({ org, hash, until }, type as EvidenceType, signing)}` }]
    })
  }
}
