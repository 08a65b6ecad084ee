import { mayLogIn } from './oidc-rules'

const anyone = { emailDomains: [], roleClaim: null, roleValues: [] }
const ofShop = { ...anyone, emailDomains: ['shop.example'] }
const byGroup = { ...anyone, roleClaim: 'groups', roleValues: [{ value: 'cs', role: 'after-sale-agent' as const }] }
const lin = { verifiedEmail: 'lin@Shop.example', claimValues: ['cs'] }

describe('who may log in through the provider', () => {
  it.each([
    ['anyone where there is no rule', anyone, {}, true],
    ['an address of the domain, in any case of letters', ofShop, {}, true],
    ['an address of another domain', ofShop, { verifiedEmail: 'lin@other.example' }, false],
    ['an address of a subdomain', ofShop, { verifiedEmail: 'lin@x.shop.example' }, false],
    ['an address that only ends alike', ofShop, { verifiedEmail: 'lin@evil-shop.example' }, false],
    ['an address with the domain before another @', ofShop, { verifiedEmail: 'a@shop.example@evil.example' }, false],
    ['an address that is not verified', ofShop, { verifiedEmail: undefined }, false],
    ['a value of the claim for the role', byGroup, {}, true],
    ['a value for another role', byGroup, { claimValues: ['boss'] }, false],
    ['no value', byGroup, { claimValues: [] }, false],
    ['only one of two rules', { ...byGroup, ...{ emailDomains: ['other.example'] } }, {}, false],
  ])('%s', (_name, rules, subject, expected) => {
    expect(mayLogIn(rules, 'after-sale-agent', { ...lin, ...subject })).toBe(expected)
  })

  it('not a person of a role that no value names', () => {
    expect(mayLogIn(byGroup, 'owner', lin)).toBe(false)
    expect(mayLogIn(byGroup, undefined, lin)).toBe(false)
  })
})
