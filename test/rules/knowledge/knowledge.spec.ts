import { KNOWLEDGE } from './knowledge'
import { OUTSIDE } from './out-of-scope'

const rules = [...Object.keys(KNOWLEDGE), ...Object.keys(OUTSIDE)]
const known = Object.values(KNOWLEDGE).filter((one) => one !== undefined)
const terms = [
  ...known.flatMap(({ title, text }) => [title, text]),
  ...Object.values(OUTSIDE).filter((one) => one !== undefined),
]

describe('the lists of rules that are only documented or out of scope', () => {
  it('name only rules of the catalogue', () => {
    for (const rule of rules) expect(rule).toMatch(/^R(?:0\d\d|1[0-6]\d|17[0-4])$/)
  })
  it('name no rule twice', () => expect(new Set(rules).size).toBe(rules.length))
  it('explain each rule in Chinese and in English', () => {
    for (const { zh, en } of terms) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[^\p{Script=Han}]+$/u)
    }
  })
})
