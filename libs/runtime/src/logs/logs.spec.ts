import { Log } from './log'
import { NestLog } from './nest-log'

const AT = new Date('2026-11-11T04:00:00.000Z')

function logOf(format: 'json' | 'text'): { log: Log; lines: string[] } {
  const lines: string[] = []
  return { log: new Log({ format, write: (line) => lines.push(line), now: () => AT }), lines }
}

/** A person, in all the ways in which one gets into a text. */
const PERSON = [
  '13800138000',
  '138 0013 8000',
  '138-0013-8000',
  '王小明',
  '浙江省杭州市西湖区文三路478号',
  'wang.xiaoming@example.com',
  '6904810000000000012',
]
const planted = `Key (phone)=(${PERSON.join(')(')}) already exists`

describe('a line of the log', () => {
  it('is JSON with time, level, part, what happened and its details', () => {
    const { log, lines } = logOf('json')
    log.write('info', 'worker', 'a pull was finished', { loop: 'pull', store: 7, complete: true })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        level: 'info',
        time: '2026-11-11T04:00:00.000Z',
        app: 'worker',
        loop: 'pull',
        store: 7,
        complete: true,
        msg: 'a pull was finished',
      },
    ])
    expect(lines[0]?.endsWith('\n')).toBe(true)
  })

  it('is made for people at a terminal', () => {
    const { log, lines } = logOf('text')
    log.write('info', 'worker', 'worker: receiving')
    log.logError('worker', 'receive will try again', Object.assign(new TypeError('hidden'), { code: '40P01' }))
    expect(lines).toEqual([
      '04:00:00 worker: receiving\n',
      '04:00:00 WARN worker: receive will try again error=TypeError code=40P01\n',
    ])
  })
})

describe.each(['json', 'text'] as const)('a log of %s', (format) => {
  it('names no person, whatever an error, the framework or a text of our own contains', () => {
    const { log, lines } = logOf(format)
    const nest = new NestLog(log, 'gateway')
    const error = Object.assign(new Error(planted), { code: planted })
    log.logError('worker', 'a message could not be brought in', error)
    log.logError('worker', planted, planted)
    log.write('warn', 'worker', planted, { said: planted })
    nest.error(error)
    nest.error(planted, error.stack, 'ExceptionsHandler')
    nest.error(`${planted}\n    at somewhere`, 'ExceptionsHandler')
    nest.warn(planted, { said: planted }, 'worker')
    nest.log({ body: planted }, 'worker')
    nest.fatal(planted)
    expect(lines).toHaveLength(9)
    for (const line of lines)
      for (const mark of [...PERSON, '王', '小明', '杭州', '478', '8000', '@']) expect(line).not.toContain(mark)
  })
})

describe('the lines of the framework', () => {
  it('are left out at the start, and its warnings are logged', () => {
    const { log, lines } = logOf('text')
    const nest = new NestLog(log, 'gateway')
    nest.log('Mapped {/push, POST} route', 'RouterExplorer')
    nest.log('a standing connection is up', { app: 3 }, 'worker')
    nest.warn('an unusual thing')
    expect(lines).toEqual([
      '04:00:00 worker: a standing connection is up app=3\n',
      '04:00:00 WARN gateway: an unusual thing\n',
    ])
  })
})
