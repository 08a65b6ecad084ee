import { layOutJson } from './json-layout'

describe('layOutJson', () => {
  it('keeps every digit of a 19-digit number', () => {
    expect(layOutJson('{"msg_id":7012345678901234567,"shop":[]}')).toBe(
      '{\n  "msg_id": 7012345678901234567,\n  "shop": []\n}',
    )
  })

  it('keeps duplicate keys', () => {
    expect(layOutJson('{"a":1,"a":2}')).toBe('{\n  "a": 1,\n  "a": 2\n}')
  })

  it('leaves brackets, colons and commas inside a string alone', () => {
    expect(layOutJson('["a,{b}:[c]\\"",{}]')).toBe('[\n  "a,{b}:[c]\\"",\n  {}\n]')
  })

  it('formats JSON inside a string between marks', () => {
    expect(layOutJson('{"data":"{\\"id\\":7012345678901234567}","tag":"200"}')).toBe(
      '{\n  "data": ⟪{\n    "id": 7012345678901234567\n  }⟫,\n  "tag": "200"\n}',
    )
  })

  it('answers undefined if the text is not JSON', () => {
    expect(layOutJson('<html>')).toBeUndefined()
    expect(layOutJson('{"cut":')).toBeUndefined()
    expect(layOutJson('17')).toBeUndefined()
  })

  it('formats thousands of nested lists without overflowing the stack', () => {
    const deep = `${'['.repeat(4000)}${']'.repeat(4000)}`
    expect(layOutJson(deep)?.replace(/\s/g, '')).toBe(deep)
  })
})
