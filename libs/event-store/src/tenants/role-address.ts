/**
 * The address with a session that works as this role. The user of the address must be a member of it, or a superuser.
 * Against forgotten filters that is a wall. It is none against somebody who can send any statement: `SET ROLE NONE` leads
 * back. Where that matters the process gets an address of the role itself.
 */
export function addressAs(address: string, role: string): string {
  const url = new URL(address)
  const before = url.searchParams.get('options')
  const option = `-c role=${role.replaceAll(/[\\ ]/g, '\\$&')}`
  url.searchParams.set('options', before === null ? option : `${before} ${option}`)
  return url.href
}
