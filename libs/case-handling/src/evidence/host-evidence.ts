import { typesOfPieces } from '#ledgers'
import type { DataSource } from 'typeorm'
import type { Clock, HostEvidence } from '../ports'
import { linkNameOf, type LinkSigning } from './signed-links'
import { ENDINGS, type EvidenceType } from './recognise'

/** The part of the gateway's address behind which pieces are shown. */
export const EVIDENCE_PATH = 'evidence'

interface Hosting {
  readonly database: DataSource
  readonly signing: LinkSigning
  readonly clock: Clock
  /** The gateway's address as it is seen from the internet, e.g. `https://push.example.com`. */
  readonly publicUrl: string
  /** How long a link shows what it shows. */
  readonly forMs: number
}

/**
 * Links to our own gateway, for a folder and for a bucket alike: the stored bytes are sealed, so a bucket's own link
 * would return what only we can read. A piece that belongs to no case gets none.
 */
export function hostedAtGateway({ database, signing, clock, publicUrl, forMs }: Hosting): HostEvidence {
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
    const until = clock() + forMs
    return pieces.flatMap(({ hash, kind }) => {
      const type = known.get(hash)
      if (type === undefined || !(type in ENDINGS)) return []
      return [{ hash, kind, url: `${root}/${linkNameOf({ org, hash, until }, type as EvidenceType, signing)}` }]
    })
  }
}
