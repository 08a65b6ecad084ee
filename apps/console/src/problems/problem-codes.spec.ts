import { FIELD_WORDS } from '../../web/i18n/field-words'
import { PROBLEM_WORDS } from '../../web/i18n/problem-words'
import { FIELD_CODES, PROBLEM_CODES, codeOfStatus } from './problem-codes'

const CHINESE = /\p{Script=Han}/u

describe('PROBLEM_CODES (fault D3)', () => {
  it('have words on the page for each code of the server, and for no other', () => {
    expect(Object.keys(PROBLEM_WORDS).sort()).toEqual(Object.keys(PROBLEM_CODES).sort())
    expect(Object.keys(FIELD_WORDS).sort()).toEqual(Object.keys(FIELD_CODES).sort())
  })

  it('are worded in Chinese and in English', () => {
    const terms = [
      ...Object.values(PROBLEM_WORDS).flatMap(({ title, detail }) => [title, detail]),
      ...Object.values(FIELD_WORDS),
    ]
    expect(terms.filter(({ zh, en }) => !CHINESE.test(zh) || CHINESE.test(en) || en === '')).toEqual([])
  })

  it.each([400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 417, 422, 429, 431, 500, 501, 503, 505])(
    'have a code for a problem of which only the status %i is known, of the same class of statuses',
    (status) => {
      expect(Math.floor(PROBLEM_CODES[codeOfStatus(status)][0] / 100)).toBe(Math.floor(status / 100))
    },
  )
})
