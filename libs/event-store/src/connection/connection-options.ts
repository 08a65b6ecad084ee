import { readFileSync } from 'node:fs'
import { parse } from 'pg-connection-string'
import { isLocalHost } from './local-host'

/** Options for Node's `tls.connect`. Without `ca`, the certificate authorities that Node ships are trusted. */
export interface TlsOptions {
  readonly rejectUnauthorized: boolean
  readonly ca?: string
  /** Accepts every host name; set for `verify-ca`, which does not compare the certificate's name with the host. */
  readonly checkServerIdentity?: () => undefined
}

/** How to reach a PostgreSQL server; everything is set, so that no variable of the environment (`PGSSLMODE`, …) is consulted. */
export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly database: string
  /** `false`: the connection is not encrypted. */
  readonly ssl: TlsOptions | false
  readonly applicationName?: string
  /** Command-line options for the server's session, as libpq's `options`. */
  readonly options?: string
}

/** A DATABASE_URL that must not be used. The message says what to change and never repeats the address: it holds a password. */
export class UnusableDatabaseUrl extends Error {}

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
type SslMode = (typeof SSL_MODES)[number]

/**
 * Reads a `postgres://` address with libpq's meaning of `sslmode` and `sslrootcert`:
 *
 * | sslmode | connection |
 * |---|---|
 * | none, to this machine | plain text |
 * | none, to another host | refused: a password must not leave the machine unencrypted by accident |
 * | `disable` | plain text, on purpose |
 * | `allow`, `prefer` | refused: they fall back to plain text silently |
 * | `require` | encrypted; the server's certificate is checked only where `sslrootcert` is given |
 * | `verify-ca` | encrypted, certificate signed by a known authority |
 * | `verify-full` | the same, and it names this host |
 *
 * @throws UnusableDatabaseUrl
 */
export function parseDatabaseUrl(address: string): ConnectionOptions {
  const { url, sslmode, rootCertificate } = splitTlsParameters(address)
  const { host, port, user, password, database, application_name: applicationName, options } = parseUrl(url)
  const serverHost = host === null || host === undefined || host === '' ? 'localhost' : host
  return {
    host: serverHost,
    port: Number(port || 5432),
    user: user ?? '',
    ...(password === undefined ? {} : { password }),
    database: database ?? user ?? '',
    ssl: tlsOptionsFor(serverHost, sslmode, rootCertificate),
    ...(applicationName === undefined ? {} : { applicationName }),
    ...(options === undefined ? {} : { options }),
  }
}

function splitTlsParameters(address: string): { url: string; sslmode?: string; rootCertificate?: string } {
  if (!URL.canParse(address))
    throw new UnusableDatabaseUrl('must be an address like postgres://user:password@host:5432/name')
  const url = new URL(address)
  const takeParameter = (name: string): string | undefined => {
    const value = url.searchParams.get(name) ?? undefined
    url.searchParams.delete(name)
    return value
  }
  const [sslmode, rootCertificate, ssl] = [takeParameter('sslmode'), takeParameter('sslrootcert'), takeParameter('ssl')]
  for (const name of ['sslcert', 'sslkey', 'sslpassword', 'uselibpqcompat'])
    if (url.searchParams.has(name)) throw new UnusableDatabaseUrl(`has ${name}, which is not supported`)
  if (ssl !== undefined) throw new UnusableDatabaseUrl('has ssl=…: use sslmode=verify-full instead')
  return {
    url: url.href,
    ...(sslmode === undefined ? {} : { sslmode }),
    ...(rootCertificate === undefined ? {} : { rootCertificate }),
  }
}

function parseUrl(url: string): ReturnType<typeof parse> & { application_name?: string; options?: string } {
  try {
    return parse(url)
  } catch {
    throw new UnusableDatabaseUrl('must be an address like postgres://user:password@host:5432/name')
  }
}

function tlsOptionsFor(
  host: string,
  sslmode: string | undefined,
  rootCertificate: string | undefined,
): TlsOptions | false {
  if (sslmode === undefined && isLocalHost(host)) return false
  switch (parseSslMode(sslmode)) {
    case undefined:
    case 'allow':
    case 'prefer':
      throw new UnusableDatabaseUrl(
        `leads to another host and does not demand TLS: add sslmode=verify-full (and sslrootcert=FILE for an authority of your own), or sslmode=disable to send everything in plain text`,
      )
    case 'disable':
      return false
    case 'require':
      return rootCertificate === undefined ? { rejectUnauthorized: false } : trustAnyHostSignedBy(rootCertificate)
    case 'verify-ca':
      return trustAnyHostSignedBy(rootCertificate)
    case 'verify-full':
      return {
        rejectUnauthorized: true,
        ...(rootCertificate === undefined ? {} : { ca: readCertificate(rootCertificate) }),
      }
  }
}

function parseSslMode(sslmode: string | undefined): SslMode | undefined {
  const mode = SSL_MODES.find((known) => known === sslmode)
  if (mode === undefined && sslmode !== undefined)
    throw new UnusableDatabaseUrl(`has an unknown sslmode; it may be ${SSL_MODES.join(', ')}`)
  return mode
}

/** Requires a certificate signed by `rootCertificate`, or by an authority that Node ships, and accepts any host name in it. */
const trustAnyHostSignedBy = (rootCertificate: string | undefined): TlsOptions => ({
  rejectUnauthorized: true,
  checkServerIdentity: () => undefined,
  ...(rootCertificate === undefined ? {} : { ca: readCertificate(rootCertificate) }),
})

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UnusableDatabaseUrl(`names a sslrootcert that cannot be read: ${path}`)
  }
}
