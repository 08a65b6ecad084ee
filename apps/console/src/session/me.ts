import type { Actor, Directory } from '#access'
import { iso } from '../core/instants'
import type { MeAnswer } from './session.answer'

/** Who the caller is, with the rights by which the page shows or hides things. */
export async function meOf(actor: Actor, directory: Directory): Promise<MeAnswer> {
  const organisation = (await directory.current()).organisations.find(({ id }) => id === actor.org)
  const isPerson = actor.kind === 'person'
  return {
    kind: actor.kind,
    id: actor.id,
    login: isPerson ? actor.login : null,
    name: actor.label,
    role: isPerson ? actor.role : null,
    organisation: { slug: organisation?.slug ?? '', name: organisation?.name ?? '' },
    permissions: [...actor.permissions],
    stores: actor.stores === 'all' ? null : actor.stores.map(String),
    provenAt: isPerson ? iso(actor.reauthenticatedAt) : null,
    oidc: isPerson && actor.oidc,
  }
}
