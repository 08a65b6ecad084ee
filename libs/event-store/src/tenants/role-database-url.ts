/**
 * The database address whose sessions run as this role. The user of the address must be a member of it, or a superuser.
 * This protects against forgotten filters, not against a caller who can send any statement: `SET ROLE NONE` undoes it. Where
 * that matters, the process gets an address that logs in as the role itself.
 */
export function databaseUrlAs(databaseUrl: string, role: string): string {
  const url = new URL(databaseUrl)
  const optionsBefore = url.searchParams.get('options')
  const option = `-c role=${role.replaceAll(/[\\ ]/g, '\\$&')}`
  url.searchParams.set('options', optionsBefore === null ? option : `${optionsBefore} ${option}`)
  return url.href
}
