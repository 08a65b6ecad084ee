import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import type { MetricAnswer } from '#analytics'
import type { AskedFigures } from './figures'
import { parquetPieces } from './parquet'

const RANGE = { from: '2026-11-10', to: '2026-11-12', grain: 'day', timeZone: 'Asia/Shanghai' } as const
const MANY = 12_000

const askedOf = (rows: MetricAnswer['rows'], dimension?: string): AskedFigures => {
  const divided = dimension === undefined ? {} : { dimension }
  return {
    asOf: Date.UTC(2026, 10, 14, 4),
    position: '7/x',
    figures: [
      [
        { metric: 'refunded_fen', org: 1, stores: 'all', ...RANGE, ...divided },
        { unit: 'fen', membersOmitted: 0, rows },
      ],
    ],
  }
}

const fileOf = (asked: AskedFigures, dimension?: string): ArrayBuffer => {
  const divided = dimension === undefined ? {} : { dimension }
  const bytes = Buffer.concat([...parquetPieces(asked, { ...RANGE, ...divided, filter: ['kind:exchange'] })])
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
}

describe('figures as Parquet', () => {
  it('have days, fen as integers, ids as texts, and null with its reason', async () => {
    const id = '260123456789012345'
    const asked = askedOf(
      [
        {
          period: '2026-11-10',
          member: id,
          numerator: 1234,
          unknown: 1,
          value: 1234,
          before: { numerator: 7, value: 7 },
        },
        { period: '2026-11-11', member: id, numerator: null, unknown: null, value: null, reason: 'not-yet' },
      ],
      'products',
    )
    const rest = { position: '7/x', as_of: new Date('2026-11-14T04:00:00.000Z') }
    const same = { metric: 'refunded_fen', version: 1, unit: 'fen', dimension: 'products', member: id }
    expect(await parquetReadObjects({ file: fileOf(asked, 'products') })).toEqual([
      {
        ...{ ...same, period: new Date('2026-11-10'), numerator: 1234n, denominator: null, unknown: 1n, value: 1234 },
        ...{ reason: null, before_value: 7, ...rest },
      },
      {
        ...{ ...same, period: new Date('2026-11-11'), numerator: null, denominator: null, unknown: null, value: null },
        ...{ reason: 'not-yet', before_value: null, ...rest },
      },
    ])
  })

  it('say in the file of what they are, with the position of the log', () => {
    const { key_value_metadata, created_by } = parquetMetadata(fileOf(askedOf([])))
    expect([created_by, Object.fromEntries((key_value_metadata ?? []).map(({ key, value }) => [key, value]))]).toEqual([
      'shouhou',
      {
        'shouhou.position': '7/x',
        'shouhou.as_of': '2026-11-14T04:00:00.000Z',
        'shouhou.from': '2026-11-10',
        'shouhou.to': '2026-11-12',
        'shouhou.grain': 'day',
        'shouhou.time_zone': 'Asia/Shanghai',
        'shouhou.dimension': 'none',
        'shouhou.filters': '["kind:exchange"]',
      },
    ])
  })

  it('are sent a group of rows at a time, and read as one file', async () => {
    const rows = Array.from({ length: MANY }, (_, n) => ({ period: '2026-11-10', member: '', numerator: n, value: n }))
    const asked = askedOf(rows)
    expect([...parquetPieces(asked, RANGE)]).toHaveLength(4)
    const read = await parquetReadObjects({ file: fileOf(asked) })
    expect(read.map(({ numerator, dimension }) => [numerator, dimension])).toEqual(
      rows.map(({ numerator }) => [BigInt(numerator), null]),
    )
  })

  it('of which there are none are a file without rows', async () =>
    expect(await parquetReadObjects({ file: fileOf(askedOf([])) })).toEqual([]))
})
