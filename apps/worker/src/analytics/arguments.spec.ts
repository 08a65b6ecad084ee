import { parseAnalyticsArguments } from './arguments'

describe('npm run analytics', () => {
  it.each([
    ['catalogue', { do: 'catalogue' }],
    ['login ours', { do: 'login', slug: 'ours', days: 90 }],
    ['login ours --days 7', { do: 'login', slug: 'ours', days: 7 }],
    ['logins', { do: 'logins' }],
    ['revoke x_bi_1', { do: 'revoke', login: 'x_bi_1' }],
    ['views', { do: 'views' }],
  ])('understands %s', (words, command) => expect(parseAnalyticsArguments(words.split(' '))).toEqual(command))

  it.each([
    '',
    'login',
    'login ours --days',
    'login ours --days 0',
    'login ours --days 367',
    'login a --for 7',
    'revoke',
  ])('answers %j with the usage', (words) =>
    expect(() => parseAnalyticsArguments(words.split(' '))).toThrow('npm run analytics -- catalogue'),
  )
})
