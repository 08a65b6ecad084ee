import { Log } from './log'
import { logWarnings } from './process-warnings'

const warn = (text: string, name: string, code?: string) =>
  process.emit('warning', Object.assign(new Error(text), { name, code }))

describe('a warning of Node or of a library', () => {
  const before = process.listeners('warning')
  afterEach(() => {
    process.removeAllListeners('warning')
    for (const listener of before) process.on('warning', listener)
  })

  it('is one line of the log for each name and code, without its text', () => {
    const lines: string[] = []
    logWarnings(new Log({ format: 'json', write: (line) => lines.push(line), now: () => new Date(0) }), 'worker')
    for (let n = 0; n < 3; n++) warn('-5 is a negative number, set for 13800138000', 'TimeoutNegativeWarning')
    warn('old', 'DeprecationWarning', 'DEP0005')
    warn('old too', 'DeprecationWarning', 'DEP0190')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      [
        { warning: 'TimeoutNegativeWarning' },
        { warning: 'DeprecationWarning', code: 'DEP0005' },
        { warning: 'DeprecationWarning', code: 'DEP0190' },
      ].map((detail) => ({
        level: 'warn',
        time: '1970-01-01T00:00:00.000Z',
        app: 'worker',
        ...detail,
        msg: 'process warning',
      })),
    )
    expect(process.listenerCount('warning')).toBe(1)
  })
})
