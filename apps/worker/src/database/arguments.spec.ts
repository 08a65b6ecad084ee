import { parseDatabaseArguments } from './arguments'

describe('npm run database', () => {
  it('has commands that print, check and apply the roles', () => {
    expect(parseDatabaseArguments(['roles'])).toEqual({ do: 'roles', ownAddresses: false })
    expect(parseDatabaseArguments(['check', '--own-addresses'])).toEqual({ do: 'check', ownAddresses: true })
    expect(parseDatabaseArguments(['migrate'])).toEqual({ do: 'migrate', ownAddresses: false })
    expect(parseDatabaseArguments(['apply'])).toEqual({ do: 'apply', ownAddresses: false })
  })

  it.each([[[]], [['role']], [['check', 'x']], [['apply', '--own-addresses']], [['roles', '--own-addresses', 'x']]])(
    'refuses %j with the usage',
    (words) => {
      expect(() => parseDatabaseArguments(words)).toThrow('npm run database -- roles')
    },
  )
})
