import { moneyRun } from './money-run'
import { plantedBugs } from './planted-bugs'

const SEEDS = 1_000
const first = process.env['MONEY_SEED'] ?? 'money'

describe('a refund in simulated runs of two workers (fault F26)', () => {
  it(`is paid at most once in ${SEEDS} runs with crashes before and after every step, lost and late answers, and two workers with one claim`, async () => {
    const wrong: unknown[] = []
    let [payments, doubts] = [0, 0]
    for (let i = 0; i < SEEDS; i++) {
      const run = await moneyRun(`${first}-${i}`)
      payments += run.payments
      doubts += run.doubts
      if (run.wrong.length > 0) wrong.push(run)
    }
    expect(wrong).toEqual([])
    // Without many payments and doubts the runs would prove nothing.
    expect(payments).toBeGreaterThan(SEEDS / 4)
    expect(doubts).toBeGreaterThan(SEEDS / 4)
  })

  it('is the same for the same seed', async () => {
    expect(await moneyRun('again')).toEqual(await moneyRun('again'))
  })

  it.each(Object.keys(plantedBugs))('canary: is found wrong within these runs if a bug is planted: %s', async (bug) => {
    let found: string | undefined
    for (let i = 0; i < SEEDS && found === undefined; i++)
      found = (await moneyRun(`${first}-${i}`, plantedBugs[bug])).wrong[0]
    expect(found).toMatch(/carried out|refunded/)
  })
})
