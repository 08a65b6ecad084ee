import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** A certificate authority made for one test; nothing else trusts it. */
export interface Authority {
  /** PEM. */
  readonly certificate: string
  /** Signs a server's certificate that names these hosts (names or IPv4 addresses). PEM. */
  issue(...hosts: string[]): { certificate: string; key: string }
}

const YEAR = 365 * 24 * 3_600_000
const { pki } = forge

// node-forge needs seconds to generate RSA keys in JavaScript; Node needs milliseconds.
const generateKeys = (): { key: string; public: forge.pki.rsa.PublicKey; private: forge.pki.rsa.PrivateKey } => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { key: privateKey, public: pki.publicKeyFromPem(publicKey), private: pki.privateKeyFromPem(privateKey) }
}

function unsignedCertificate(name: string, serial: number, publicKey: forge.pki.rsa.PublicKey): forge.pki.Certificate {
  const certificate = pki.createCertificate()
  certificate.publicKey = publicKey
  certificate.serialNumber = String(serial).padStart(2, '0')
  certificate.validity.notBefore = new Date(Date.now() - YEAR)
  certificate.validity.notAfter = new Date(Date.now() + YEAR)
  certificate.setSubject([{ name: 'commonName', value: name }])
  return certificate
}

/** PEM with LF line ends, which every reader accepts. */
const toPem = (certificate: forge.pki.Certificate): string => pki.certificateToPem(certificate).replaceAll('\r', '')

/** Makes a root certificate that signs the certificates it issues. */
export function createAuthority(name = 'Shouhou tests'): Authority {
  const authorityKeys = generateKeys()
  const root = unsignedCertificate(name, 1, authorityKeys.public)
  root.setIssuer(root.subject.attributes)
  root.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'keyUsage', keyCertSign: true },
  ])
  root.sign(authorityKeys.private, forge.md.sha256.create())
  let serial = 1
  return {
    certificate: toPem(root),
    issue: (...hosts) => {
      const keys = generateKeys()
      const certificate = unsignedCertificate(hosts[0] ?? 'localhost', ++serial, keys.public)
      certificate.setIssuer(root.subject.attributes)
      certificate.setExtensions([
        { name: 'subjectAltName', altNames: hosts.map(altName) },
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      ])
      certificate.sign(authorityKeys.private, forge.md.sha256.create())
      return { certificate: toPem(certificate), key: keys.key }
    },
  }
}

/** Types of subject alternative names (RFC 5280). */
const [DNS, IP] = [2, 7]
const altName = (host: string): object => (/^[\d.]+$/.test(host) ? { type: IP, ip: host } : { type: DNS, value: host })
