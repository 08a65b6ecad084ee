import type { Role } from '../roles'
import type { OidcRules, VerifiedSubject } from './oidc'

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** Every rule that is set has to hold. A rule never grants anything: the role is the one that an owner granted. */
export function mayLogIn(
  { emailDomains, roleClaim, roleValues }: OidcRules,
  role: Role | undefined,
  { verifiedEmail, claimValues }: Pick<VerifiedSubject, 'verifiedEmail' | 'claimValues'>,
): boolean {
  const isOfDomain =
    emailDomains.length === 0 || (verifiedEmail !== undefined && emailDomains.includes(domainOf(verifiedEmail)))
  const hasRole = roleClaim === null || roleValues.some((one) => one.role === role && claimValues.includes(one.value))
  return isOfDomain && hasRole
}
