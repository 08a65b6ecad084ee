import type { Agent } from 'node:http'
import { get } from 'node:http'
import type { Figure } from '../figure'
import { measureMs, percentile } from '../rounds'
import type { Scale } from '../scale'
import { seededRandom } from '../seeded-random'

export type Headers = Readonly<Record<string, string>>

const LIMIT_MS = 10
/** A path without a database query: the cost of HTTP and of a busy machine alone. */
const NO_QUERY_PATH = '/api/meta'
/** Requests before measuring, so that the JIT has compiled the console's code. */
const WARM_UP = 400

/** p95 of a caller's requests for paths chosen by chance, against the limit. @param forget runs before every 25th */
export async function measureLatency(
  name: string,
  paths: readonly string[],
  getPath: (path: string) => Promise<string>,
  scale: Scale,
  forget: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Figure> {
  const chance = seededRandom(5)
  const times: number[] = []
  const baselineTimes: number[] = []
  let emptyAnswers = 0
  for (let i = -WARM_UP; i < scale.questions; i++) {
    if (i % 25 === 0) await forget()
    const from = performance.now()
    const answer = await getPath(chance.pick(paths))
    if (i >= 0) times.push(performance.now() - from)
    if (i >= 0 && answer.includes('"items":[]')) emptyAnswers++
    baselineTimes.push(await measureMs(() => getPath(NO_QUERY_PATH)))
  }
  if (emptyAnswers > scale.questions / 10)
    throw new Error(`${name}: ${emptyAnswers} of ${scale.questions} answers were empty`)
  const p95 = percentile(times, 0.95)
  const percentiles = [0.5, 0.99].map((share) => `p${share * 100} ${percentile(times, share).toFixed(1)} ms`).join(', ')
  return {
    figure: `${name}, p95`,
    value: p95,
    unit: 'ms',
    against: 'a limit',
    peer: LIMIT_MS,
    ratio: LIMIT_MS / p95,
    atLeast: 1,
    remarks: [
      `${percentiles}, ${scale.questions} times at ${scale.cases.toLocaleString('en-US')} cases`,
      `in between, a path without a database query: p95 ${percentile(baselineTimes, 0.95).toFixed(1)} ms`,
    ],
  }
}

export function getText(url: string, agent: Agent, headers: Headers): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`HTTP ${answer.statusCode} from ${url}: ${text.slice(0, 200)}`))
      })
    }).once('error', reject)
  })
}
