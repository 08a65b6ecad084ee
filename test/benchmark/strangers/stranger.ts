/**
 * One stranger, a process of its own: asks for an app that nobody registered, each time another, with what looks like a
 * signature, one request after the other without pause. Ended from outside; says how many it was answered.
 */
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const body = Buffer.from('[]')

function ask(base: string, appKey: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'app-id': appKey, 'event-sign': '0'.repeat(32), 'content-length': body.length }
    const outgoing = request(`${base}/push/douyin/${appKey}`, { method: 'POST', agent, headers }, (answer) =>
      answer.resume().on('end', resolve),
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

process.once('message', ({ base }: { base: string }) => {
  let answered = 0
  const on = async (): Promise<void> => {
    for (;;) {
      await ask(base, String(9_000_000_000_000 + answered))
      answered += 1
      process.send?.(answered)
    }
  }
  on().catch(() => process.exit(1))
})
