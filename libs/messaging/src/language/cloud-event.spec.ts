import { NOON } from '../../../../test/support/cases'
import type { CloudEvent } from './cloud-event'
import { NotACloudEvent, fromRecord, eventIdOf, sourceOf, toRecord } from './cloud-event'

const CASE_ID = '0e9b2a34-0000-8000-a000-000000000001'
const event: CloudEvent = {
  id: eventIdOf(CASE_ID, 3, 'status-moved.v1'),
  type: 'status-moved.v1',
  source: sourceOf(7),
  subject: CASE_ID,
  time: NOON,
  data: { text: '同意退款' },
}

describe('a CloudEvent', () => {
  it('is written in binary mode: data as the value, attributes as headers, the case as the key', () => {
    expect(toRecord(event)).toEqual({
      key: CASE_ID,
      value: Buffer.from('{"text":"同意退款"}'),
      headers: {
        ce_specversion: '1.0',
        ce_id: `${CASE_ID}/3/status-moved.v1`,
        ce_type: 'status-moved.v1',
        ce_source: '/shouhou/organisations/7',
        ce_subject: CASE_ID,
        ce_time: '2026-11-11T04:00:00.000Z',
        ce_partitionkey: CASE_ID,
        ce_dataschema: 'urn:shouhou:schema:status-moved.v1',
        'content-type': 'application/json',
      },
    })
  })

  it('is the same after it was written and read, with headers as bytes', () => {
    const { value, headers } = toRecord(event)
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]))
    expect(fromRecord({ value, headers: bytes })).toEqual(event)
  })

  it('keeps the exact bytes that were signed, and the signature', () => {
    const signed = { signature: 'abc', bytes: Buffer.from('{ "text" : "同意退款" }') }
    const record = toRecord({ ...event, signed })
    expect([record.value, record.headers['shouhou_signature']]).toEqual([signed.bytes, 'abc'])
    expect(fromRecord(record)).toEqual({ ...event, signed })
  })

  const { value, headers } = toRecord(event)
  it.each([
    ['not a CloudEvent 1.0 in binary mode', { value, headers: {} }],
    ['not a CloudEvent 1.0 in binary mode', { value }],
    ['lacks ce_id', { value, headers: { ...headers, ce_id: '' } }],
    ['ce_time is not a time', { value, headers: { ...headers, ce_time: 'noon' } }],
    ['the value is not JSON', { value: Buffer.from('{'), headers }],
    ['the value is not JSON', { value: null, headers }],
  ])('is not made from an invalid record: %s', (reason, record) => {
    expect(() => fromRecord(record)).toThrow(new NotACloudEvent(reason))
  })
})
