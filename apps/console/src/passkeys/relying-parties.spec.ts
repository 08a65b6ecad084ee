import { RelyingParties } from './relying-parties'

const at = (publicUrl: string | undefined, host: string) => new RelyingParties({ publicUrl }).at({ headers: { host } })

describe('the host name of passkeys', () => {
  it.each([
    [undefined, 'localhost:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
    [undefined, 'LOCALHOST:9090', { id: 'localhost', origin: 'http://localhost:9090' }],
    [undefined, '127.0.0.1:8080', undefined],
    [undefined, '[::1]:8080', undefined],
    // No host name: nothing is offered, and the log-in by password still answers.
    [undefined, '', undefined],
    [undefined, 'no host', undefined],
    [undefined, 'localhost:99999', undefined],
    ['https://sale.example.com', 'sale.example.com', { id: 'sale.example.com', origin: 'https://sale.example.com' }],
    ['https://sale.example.com/', 'Sale.example.com', { id: 'sale.example.com', origin: 'https://sale.example.com' }],
    [
      'https://sale.example.com:8443',
      'sale.example.com:8443',
      { id: 'sale.example.com', origin: 'https://sale.example.com:8443' },
    ],
    // A health check or a tunnel: the browser would refuse the public name there.
    ['https://sale.example.com', 'localhost:8080', undefined],
    ['https://sale.example.com', 'sale.example.com:8443', undefined],
    ['https://192.0.2.7', '192.0.2.7', undefined],
  ])('with PUBLIC_URL %s, asked under %s', (publicUrl, host, expected) => {
    expect(at(publicUrl, host)).toEqual(expected)
  })

  it('decides what is offered after the password', () => {
    const offered = (host: string, app: boolean, passkeysAt: string[]) =>
      new RelyingParties({ publicUrl: undefined }).offered({ app, passkeysAt }, { headers: { host } })
    expect(offered('localhost:80', true, ['localhost', 'old.example.com'])).toEqual(['app', 'passkey'])
    expect(offered('localhost:80', false, ['old.example.com'])).toEqual([])
    expect(offered('127.0.0.1:80', true, ['localhost'])).toEqual(['app'])
  })
})
