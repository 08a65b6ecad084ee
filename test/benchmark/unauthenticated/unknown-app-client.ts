/**
 * Child process of an unauthenticated client: posts to a different unregistered app each time, with something that looks like a
 * signature, one request after the other without pause. It reports the number of answers and is killed by its parent.
 */
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const body = Buffer.from('[]')

function postUnknownApp(base: string, appKey: string): Promise<void> {
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
  const run = async (): Promise<void> => {
    for (;;) {
      await postUnknownApp(base, String(9_000_000_000_000 + answered))
      answered += 1
      process.send?.(answered)
    }
  }
  run().catch(() => process.exit(1))
})
