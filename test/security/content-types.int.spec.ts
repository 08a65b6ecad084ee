import { countRows } from '../postgres/count-rows'
import { signed } from '../support/stack'
import { PATH } from './gateway'
import { useGateway } from './use-gateway'

const fixture = useGateway()
const { genuine } = fixture

/** Sends these raw header lines with a signed body, either with Content-Length or in two chunks. Returns the response. */
async function sendRaw(lines: readonly string[], chunked: boolean): Promise<string> {
  const body = genuine()
  const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`
  const signatureLines = Object.entries(signed(body)).map(([name, value]) => `${name}: ${value}`)
  const head = [
    `POST ${PATH} HTTP/1.1`,
    'Host: gateway',
    'Connection: close',
    ...signatureLines,
    ...lines,
    length,
    '',
    '',
  ]
  const half = Math.floor(body.length / 2)
  const sent = chunked
    ? [body.subarray(0, half), body.subarray(half)].flatMap((part) => [
        Buffer.from(`${part.length.toString(16)}\r\n`),
        part,
        Buffer.from('\r\n'),
      ])
    : [body]
  const bytes = [Buffer.from(head.join('\r\n'), 'latin1'), ...sent, Buffer.from(chunked ? '0\r\n\r\n' : '')]
  return fixture.gateway.raw(Buffer.concat(bytes))
}

const LINES: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['no Content-Type', []],
  ['the documented one', ['Content-Type: application/json']],
  ['a charset', ['Content-Type: application/json; charset=utf-8']],
  ['an unknown charset', ['Content-Type: application/json; charset=gbk']],
  ['a quoted charset', ['Content-Type: application/json; charset="utf-8"']],
  ['a quote that is not closed', ['Content-Type: application/json; charset="utf-8']],
  ['two, joined with a comma', ['Content-Type: application/json,application/json']],
  ['two, joined with a comma and a space', ['Content-Type: application/json, text/plain']],
  ['two lines alike', ['Content-Type: application/json', 'Content-Type: application/json']],
  ['two lines that differ', ['Content-Type: application/json', 'content-type: text/plain']],
  ['an empty one', ['Content-Type:']],
  ['only spaces', ['Content-Type:    ']],
  ['no slash', ['Content-Type: json']],
  ['a word', ['Content-Type: text']],
  ['a slash alone', ['Content-Type: /']],
  ['half a type', ['Content-Type: application/']],
  ['only a parameter', ['Content-Type: ; charset=utf-8']],
  ['a parameter without a value', ['Content-Type: application/json; charset']],
  ['a semicolon at its end', ['Content-Type: application/json;']],
  ['spaces within', ['Content-Type: application / json']],
  ['upper case', ['CONTENT-TYPE: APPLICATION/JSON']],
  ['lower case', ['content-type: application/json']],
  ['a form', ['Content-Type: application/x-www-form-urlencoded']],
  ['parts without a boundary', ['Content-Type: multipart/form-data']],
  ['anything', ['Content-Type: */*']],
  ['Chinese in UTF-8', [`Content-Type: ${Buffer.from('应用/json').toString('latin1')}`]],
  ['signs that no type may have', ['Content-Type: @@@<>[]{}']],
  ['a part of the language', ['Content-Type: __proto__']],
  ['eight kilobytes', [`Content-Type: application/json; x=${'y'.repeat(8_000)}`]],
]

describe('the Content-Type of a delivery (fault B3)', () => {
  it.each(LINES)('does not keep a genuine one from being accepted: %s', async (_, lines) => {
    const before = await countRows(fixture.stack.database, 'message')
    for (const chunked of [false, true]) expect(await sendRaw(lines, chunked)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await countRows(fixture.stack.database, 'message')).toBe(before + 2)
  })

  it('does not let a forged one pass, whichever it is', async () => {
    for (const [, lines] of LINES) {
      const head = [
        `POST ${PATH} HTTP/1.1`,
        'Host: gateway',
        'Connection: close',
        ...lines,
        'Content-Length: 2',
        '',
        '',
      ]
      expect(await fixture.gateway.raw(Buffer.from(`${head.join('\r\n')}[]`, 'latin1'))).toMatch(/^HTTP\/1\.1 401 /)
    }
  })
})
