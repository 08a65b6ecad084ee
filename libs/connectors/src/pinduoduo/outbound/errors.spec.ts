import { ERROR_MEANINGS, isAboutParameters, interpretError } from './errors'

const SECRETS = {
  appKey: 'c71',
  appSecret: 'canary-secret',
  accessToken: 'canary-access',
  refreshToken: 'canary-refresh',
}
const meant = (error_code: unknown, more: Readonly<Record<string, string>> = {}) =>
  interpretError({ error_code: error_code as number, error_msg: 'message', ...more }, SECRETS, 10_000)

test('every official code has a verdict', () => {
  expect([...ERROR_MEANINGS.keys()].sort((a, b) => a - b)).toEqual([
    ...[10000, 10001, 10010, 10011, 10014, 10016, 10017, 10018, 10019, 10035],
    ...[20004, 20005, 20007, 20031, 20032, 20034, 20035, 21001, 21002, 30000, 30001],
    ...[50000, 50001, 50002, 50012, 52001, 52002, 52004, 52101, 52102, 52103],
    ...[70031, 70032, 70033, 70034, 70035, 70036],
  ])
})

test('tokens, authorisation, throttling, faults and clear refusals are distinguished', () => {
  expect(meant(10019)).toEqual({ type: 'token-expired' })
  expect(meant('10035')).toEqual({ type: 'token-expired' })
  expect(meant(10014)).toEqual({ type: 'reauthorise', code: '10014', text: 'message' })
  expect(meant(52101)).toEqual({ type: 'try-later', afterMs: 10_000, why: '52101 message' })
  expect(meant(70031)).toEqual({ type: 'try-later', afterMs: 10_000, why: '70031 message' })
  expect(meant(50000)).toEqual({ type: 'try-later', afterMs: 5_000, why: '50000 message' })
  expect(meant(70033)).toEqual({ type: 'try-later', afterMs: 60_000, why: '70033 message' })
  expect(meant(20004)).toEqual({ type: 'refused', code: '20004', text: 'message' })
  expect(meant(70034)).toEqual({ type: 'refused', code: '70034', text: 'message' })
})

test('a business error is transient when a service behind it failed, not when the parameters are wrong', () => {
  const failed = { sub_code: 'isv.refund-service-error:4000000' }
  const wrong = { sub_code: 'isv.invalid-parameter:3000000', sub_msg: 'order_sn' }
  expect(meant(50001, failed).type).toBe('try-later')
  expect(meant(50001, wrong)).toEqual({
    type: 'refused',
    code: '50001',
    text: 'message · isv.invalid-parameter:3000000 · order_sn',
  })
  expect(meant(50002).type).toBe('refused')
  expect([meant(50001, wrong), meant(21001), meant(20004)].map(isAboutParameters)).toEqual([true, true, false])
})

test('a clock that is off is set right: the call is tried later', () => {
  expect(meant(10001, { error_msg: '公共参数错误:timestamp' }).type).toBe('try-later')
  expect(meant(10001, { error_msg: '公共参数错误:type' }).type).toBe('refused')
})

test('codes that are not in the table are retried unless they lie in the ranges of clear noes', () => {
  expect([90001, 52003, 12345, 60000].map((code) => meant(code).type)).toEqual([
    'try-later',
    'refused',
    'refused',
    'try-later',
  ])
  expect(meant('over')).toEqual({ type: 'unknown', why: 'an error answer without a code' })
})

test('a secret that is quoted back does not show', () => {
  const quoting = { error_msg: 'bad canary-access', sub_msg: 'canary-secret canary-refresh' }
  const shown = [20004, 10014, 52101, 50000, 70033, 50001].map((code) => JSON.stringify(meant(code, quoting))).join()
  expect(shown).not.toContain('canary')
})
