import { replayReportText } from './report-lines'
import { parseReplayArguments } from './arguments'

describe('npm run replay', () => {
  it.each([
    ['a day of China', '2026-11-11', '2026-11-10T16:00:00Z'],
    ['a time of China', '2026-11-11T08:30', '2026-11-11T00:30:00Z'],
    ['a time with its zone', '2026-11-11T08:30:00Z', '2026-11-11T08:30:00Z'],
  ])('takes %s', (_name, from, instant) => {
    expect(parseReplayArguments(['--from', from, '--to', '2026-12-01', '--diff'])).toEqual({
      from: Date.parse(instant),
      to: Date.parse('2026-11-30T16:00:00Z'),
      diff: true,
    })
  })

  it.each([
    ['no range', []],
    ['a range that ends before it begins', ['--from', '2026-11-11', '--to', '2026-11-11']],
    ['what is no day', ['--from', 'yesterday', '--to', '2026-11-11']],
    ['a day that does not exist', ['--from', '2026-11-31T99:00', '--to', '2026-12-11']],
    ['another word', ['--all']],
  ])('says how it is used when it is given %s', (_name, words) => {
    expect(() => parseReplayArguments(words)).toThrow('npm run replay -- --from')
  })

  it('shows a line a projection, and the fields that differ when asked', () => {
    const report = {
      messages: 3,
      cases: 2,
      checksums: [{ projection: 'cases', rows: 2, recorded: 'a'.repeat(64), replayed: 'b'.repeat(64), equal: false }],
      differing: ['7c9e'],
      differences: [{ projection: 'cases', of: '7c9e', at: 'status.raw', recorded: '"6"', replayed: '"7"' }],
    }
    expect(replayReportText(report, 2, false)).toContain(
      'cases       2     aaaaaaaaaaaaaaaa  bbbbbbbbbbbbbbbb  DIFFERENT',
    )
    expect(replayReportText(report, 2, false)).not.toContain('status.raw')
    expect(replayReportText(report, 2, true)).toContain('7c9e  cases  status.raw  "6" → "7"')
    expect(replayReportText({ ...report, differing: [] }, 2, true)).toContain('everything is what it was')
  })
})
