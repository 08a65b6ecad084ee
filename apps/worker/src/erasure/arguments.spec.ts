import { CommandError } from '#runtime'
import { parseEraseArguments } from './arguments'

const ID = '0b7d5e0c-1111-4222-8333-444455556666'

describe('npm run erase', () => {
  it('names a case and a reason, and erases only with --yes', () => {
    const asked = { caseId: ID, why: 'buyer-asked' }
    expect(parseEraseArguments([ID, '--why', 'buyer-asked'])).toEqual({ ...asked, withOpen: false, yes: false })
    expect(parseEraseArguments([ID, '--why', 'buyer-asked', '--yes', '--with-open'])).toEqual({
      ...asked,
      withOpen: true,
      yes: true,
    })
  })

  it.each([
    [[]],
    [['1', '--why', 'buyer-asked']],
    [[ID, '--why', 'retention']],
    [[ID, '--why', 'buyer-asked', '--all']],
  ])('refuses %j with the usage', (words) => {
    expect(() => parseEraseArguments(words)).toThrow(CommandError)
  })
})
