import { CommandError } from '#runtime'

export type KeysArguments =
  | { readonly do: 'status' | 'verify' }
  | { readonly do: 'rotate'; readonly newOrganisationKeys: boolean }
  | { readonly do: 'erase-organisation'; readonly slug: string }

export const USAGE = `npm run keys -- status                        which keys seal how many values
npm run keys -- rotate                        everything under the first key; may be stopped and run again
npm run keys -- rotate --new-organisation-keys   and a new key for each organisation
npm run keys -- verify                        opens everything; exit code 1 where something does not open
npm run keys -- erase-organisation SLUG --yes    destroys the key of an organisation, for good`

/** @throws CommandError with the usage */
export function parseKeysArguments(words: readonly string[]): KeysArguments {
  const [first, ...rest] = words
  if ((first === 'status' || first === 'verify') && rest.length === 0) return { do: first }
  if (first === 'rotate' && rest.length === 0) return { do: first, newOrganisationKeys: false }
  if (first === 'rotate' && rest.join(' ') === '--new-organisation-keys')
    return { do: first, newOrganisationKeys: true }
  const [slug, yes, ...more] = rest
  if (first === 'erase-organisation' && slug !== undefined && yes === '--yes' && more.length === 0)
    return { do: first, slug }
  throw new CommandError(USAGE)
}
