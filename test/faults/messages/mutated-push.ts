import type { Draw } from '../../../apps/simulator/src/random'
import type { Push } from '../../support/stack'

/** JSON values that no field expects, as text. */
const UNEXPECTED_VALUES = [
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '-1',
  '0',
  '1e400',
  '-0',
  '0.1',
  '99999999999999999999',
  '"\\u0000"',
  '"\\ud800"',
  '"\\uffff"',
  '"𝒳🈚️"',
  '"__proto__"',
  '"1970-01-01"',
  '"2026-02-30T00:00:00+08:00"',
  '[[[[[[]]]]]]',
  '"%s%n"',
  `"'; DROP TABLE event; --"`,
  '2147483648',
  '9007199254740993',
  '"9223372036854775808"',
  `"${'x'.repeat(10_000)}"`,
  `"${'9'.repeat(400)}"`,
]

/** A push with one mutation of its content: a field, a cut or a character. The list around it stays valid JSON. */
export function mutatePush(push: Push, draw: Draw): string {
  return JSON.stringify({ ...push, data: mutateContent(push.data, draw) })
}

function mutateContent(data: string, draw: Draw): string {
  switch (draw.between(0, 4)) {
    case 0:
      return data.slice(0, draw.between(0, data.length - 1))
    case 1: {
      const at = draw.between(0, data.length - 1)
      return data.slice(0, at) + String.fromCharCode(draw.between(0, 0xffff)) + data.slice(at + 1)
    }
    case 2:
      return data + draw.pick(['}', ',', '\u0000', data])
    default: {
      const fields = [...data.matchAll(/"(\w+)":("[^"]*"|\d+)/g)]
      const field = draw.pick(fields)
      const value = field[2] ?? ''
      const start = field.index + field[0].length - value.length
      return data.slice(0, start) + draw.pick(UNEXPECTED_VALUES) + data.slice(start + value.length)
    }
  }
}
