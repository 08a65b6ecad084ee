import { parseInsecureHosts, isSafeAddress } from './external-host-settings'

describe('the address of an external host in the settings (fault B8)', () => {
  it.each([
    ['https://push.example.com', true],
    ['https://push.example.com:8443/evidence', true],
    ['http://push.example.com', false],
    ['http://127.0.0.1:8081', true],
    ['http://127.0.0.1.example.com', false],
    ['http://simulator:8081', true],
    ['http://SIMULATOR:8081', true],
    ['http://[::1]:8081', true],
    ['https://a:b@push.example.com', false],
    ['http://a@127.0.0.1', false],
    ['ftp://127.0.0.1', false],
    ['push.example.com', false],
  ])('%s may be the address of an external host: %s', (address, safe) => {
    expect(isSafeAddress(address, ['127.0.0.1', 'simulator', '::1'])).toBe(safe)
    expect(isSafeAddress(address, [])).toBe(safe && address.startsWith('https'))
  })

  it.each([
    [{}, []],
    [{ INSECURE_HOSTS: 'Simulator,127.0.0.1' }, ['simulator', '127.0.0.1']],
    [{ SHOUHOU_CLOCK: 'http://simulator:4100/control/clock' }, ['simulator']],
    [{ INSECURE_HOSTS: 'gateway', SHOUHOU_CLOCK: 'http://[::1]:1/' }, ['gateway', '::1']],
    [{ SHOUHOU_CLOCK: 'now' }, []],
  ])('%j names the hosts that need no TLS', (settings, hosts) => {
    expect(parseInsecureHosts(settings)).toEqual(hosts)
  })
})
