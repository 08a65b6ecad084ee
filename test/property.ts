/**
 * Properties (fast-check) whose number of runs and seed are set from outside, so that the same spec is quick in `npm test`
 * and thorough in `npm run properties`.
 *
 * - `PROPERTY_RUNS`: multiplies the number of runs of every property (a positive number; 1 by default).
 * - `PROPERTY_SEED`: the seed of every property (an integer); random by default. A failure prints the seed that it had.
 * - `PROPERTY_LOG`: a file that gets one JSON line (`PropertyRecord`) for each property that ran.
 */
import { appendFileSync } from 'node:fs'
import fc from 'fast-check'

/** fast-check's own default. */
const defaultRuns = 100

export interface PropertyOptions {
  /** Runs in `npm test`, before `PROPERTY_RUNS` multiplies them: 100 by default. Fewer for one that needs a database. */
  readonly runs?: number
  /** Values that are tried first, in every run: known counterexamples. */
  readonly examples?: readonly (readonly unknown[])[]
}

export interface PropertyRecord {
  readonly test: string
  readonly seed: number
  readonly runs: number
}

type Arbitraries<T extends readonly unknown[]> = { [K in keyof T]: fc.Arbitrary<T[K]> }
/** Fails by throwing (an `expect`) or by returning false; may be async. */
type Predicate<T extends readonly unknown[]> = (...values: T) => unknown

/**
 * Asserts that `predicate` holds for every generated value: `it('…', () => property(fc.string(), (text) => { expect(…) }))`.
 * Always a promise, which the test must return or await, also for a synchronous predicate.
 * @throws Error with fast-check's report: seed, path, counterexample
 */
export async function property<T extends readonly [unknown, ...unknown[]]>(
  ...given: [...Arbitraries<T>, Predicate<T>] | [...Arbitraries<T>, Predicate<T>, PropertyOptions]
): Promise<void> {
  const args = [...given] as unknown[]
  const options = (typeof args.at(-1) === 'function' ? {} : args.pop()) as PropertyOptions
  const predicate = args.pop() as Predicate<T>
  const arbitraries = args as fc.Arbitrary<unknown>[]
  const checked = fc.asyncProperty(fc.tuple(...arbitraries), async (values) => {
    if ((await predicate(...(values as unknown as T))) === false) throw new Error('Property failed by returning false')
  })
  const seed = seedOf(process.env['PROPERTY_SEED'])
  const details = await fc.check(checked, {
    numRuns: Math.max(1, Math.round((options.runs ?? defaultRuns) * multiplierOf(process.env['PROPERTY_RUNS']))),
    ...(seed === undefined ? {} : { seed }),
    ...(options.examples ? { examples: options.examples.map((example) => [[...example]] as [unknown[]]) } : {}),
  })
  logRun({ test: expect.getState().currentTestName ?? '', seed: details.seed, runs: details.numRuns })
  if (details.failed)
    throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance ?? undefined })
}

/** @throws Error when the text is no positive number */
export function multiplierOf(text: string | undefined): number {
  if (!text) return 1
  const times = Number(text)
  if (!(times > 0) || !Number.isFinite(times)) throw new Error(`PROPERTY_RUNS must be a positive number, not "${text}"`)
  return times
}

/** @throws Error when the text is no integer */
export function seedOf(text: string | undefined): number | undefined {
  if (!text) return undefined
  const seed = Number(text)
  if (!Number.isSafeInteger(seed)) throw new Error(`PROPERTY_SEED must be an integer, not "${text}"`)
  return seed
}

function logRun(record: PropertyRecord): void {
  const log = process.env['PROPERTY_LOG']
  if (log) appendFileSync(log, `${JSON.stringify(record)}\n`)
  else if (process.env['PROPERTY_RUNS'])
    process.stderr.write(`${record.test}: ${record.runs} runs, seed ${record.seed}\n`)
}
