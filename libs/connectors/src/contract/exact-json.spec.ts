import fc from 'fast-check'
import { elementsAt, MAX_DEPTH, memberAt, parseExact, UnreadableJson } from './exact-json'

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('exact JSON', () => {
  it.each([
    ['{"id":7000893114000949517}', { id: '7000893114000949517' }],
    ['[-7000893114000949517]', ['-7000893114000949517']],
    ['7000893114000949517', '7000893114000949517'],
    ['{"a":1234567890123456,"b":123456789012345}', { a: '1234567890123456', b: 123456789012345 }],
    [
      '{"id" : 7000893114000949517 , "next":[ 9007199254740993 ]}',
      { id: '7000893114000949517', next: ['9007199254740993'] },
    ],
    [
      '{"in text":"id 7000893114000949517, \\"7000893114000949518\\""}',
      { 'in text': 'id 7000893114000949517, "7000893114000949518"' },
    ],
    ['{"\\\\":7000893114000949517}', { '\\': '7000893114000949517' }],
    ['[0.5000000000000000000,1e3,-1.5E-2]', [0.5, 1000, -0.015]],
    ['[null,true,false,"",{},[]]', [null, true, false, '', {}, []]],
  ])('reads %s', (text, value) => {
    expect(parseExact(text)).toEqual(value)
  })

  it('reads everything else as the built-in parser does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text))
        expect(parseExact(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('keeps every integer of sixteen digits and more, wherever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 30n }), fc.string(), (id, text) => {
        const key = JSON.stringify(text)
        expect(parseExact(`{${key}:[${id},{${key}:${id}}]}`)).toEqual({ [text]: [String(id), { [text]: String(id) }] })
      }),
    )
  })

  it.each(['', ' ', '{', '[1,]', '{"a":}', '01', 'nul', '\ufeff{}', '{"a":1}}', '"\u0000"', "{'a':1}"])(
    'does not take %j for JSON',
    (text) => {
      expect(() => parseExact(text)).toThrow(UnreadableJson)
    },
  )

  it('refuses hostile nesting, and nothing less', () => {
    expect(parseExact(nested(MAX_DEPTH))).toHaveLength(1)
    expect(() => parseExact(nested(MAX_DEPTH + 1))).toThrow(`nested deeper than ${MAX_DEPTH}`)
    expect(() => parseExact('{"a":'.repeat(200_000))).toThrow(UnreadableJson)
    expect(parseExact(JSON.stringify('['.repeat(1000)))).toBe('['.repeat(1000))
  })

  it('throws nothing else, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\-.eE0123456789 tfn') }), (text) => {
        try {
          parseExact(text)
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableJson)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the elements of a list', () => {
  it.each<[string, string[], string[] | undefined]>([
    ['[]', [], []],
    [' [ ] ', [], []],
    ['[{"a":[1,2]} ,\n{"b":"],}"}]', [], ['{"a":[1,2]}', '{"b":"],}"}']],
    ['["a\\"]", 7000893114000949517, null]', [], ['"a\\"]"', '7000893114000949517', 'null']],
    ['{"other":[1],"data":{"items":[{"x":1},{"y":[]}],"total":2}}', ['data', 'items'], ['{"x":1}', '{"y":[]}']],
    ['{"text":"\\"data\\":[9]","data":[1]}', ['data'], ['1']],
    ['{"data":{}}', ['data', 'items'], undefined],
    ['{"data":null}', ['data', 'items'], undefined],
    ['{}', [], undefined],
    ['', [], undefined],
    ['[}', [], undefined],
    ['[1}', [], undefined],
    ['[,]', [], undefined],
    ['[1 2]', [], ['1 2']],
    ['[1,2', [], undefined],
    ['[{"a":1]', [], undefined],
    ['{"a" [1]}', ['a'], undefined],
  ])('are returned as their own texts: of %s at %j', (text, path, elements) => {
    expect(elementsAt(text, path)).toEqual(elements)
  })

  it('are those that the built-in parser finds', () => {
    fc.assert(
      fc.property(fc.array(fc.json()), (texts) => {
        expect(elementsAt(`{"a":{},"list":[${texts.join(' , ')}]}`, ['list'])).toEqual(texts.map((text) => text.trim()))
      }),
    )
  })

  it('come to an end, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\a1 ') }), (text) => {
        elementsAt(text, [])
        elementsAt(text, ['a'])
        elementsAt(`[${text}`, [])
      }),
      { numRuns: 5000 },
    )
  })
})

describe('one member of an object', () => {
  it.each([
    ['a long integer, to the digit', '{"a":{"shop":1},"shop":9007199254740993123 }', '9007199254740993123'],
    ['a text', '{"note":"\\"shop\\":7,","shop": "4463798" ,"z":0}', '"4463798"'],
    ['an object', ' {"shop":{"id":[1,2]}}', '{"id":[1,2]}'],
    ['though what follows is broken', '{"shop":5,"a":{{{', '5'],
    ['not of an object inside', '{"a":{"shop":7}}', undefined],
    ['not of a list', '["shop",7]', undefined],
    ['not of what is no JSON', 'shop', undefined],
    ['not of nothing', '', undefined],
  ])('is found: %s', (_, text, found) => expect(memberAt(text, 'shop')).toBe(found))

  it('is the one that a parser finds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'shop', '"shop"'), fc.jsonValue()), (object) => {
        const found = memberAt(JSON.stringify(object), 'shop')
        expect(found === undefined ? undefined : JSON.parse(found)).toEqual(
          object['shop'] === undefined ? undefined : JSON.parse(JSON.stringify(object['shop'])),
        )
      }),
    )
  })

  it('is looked for in any text without an error', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => void [memberAt(text, 'shop'), memberAt(`{${text}`, 'shop'), memberAt(`{"shop":${text}`, 'shop')],
      ),
    )
  })
})
