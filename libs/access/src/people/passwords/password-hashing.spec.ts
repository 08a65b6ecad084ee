import { hash } from '@node-rs/argon2'
import { isOutdated, PasswordHashing } from './password-hashing'

describe('the hashing of passwords', () => {
  it('is argon2id with 19 MiB, two passes, one lane', async () => {
    const hashing = new PasswordHashing()
    const stored = await hashing.hash('the kettle sings')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await hashing.hash('the kettle sings')).not.toBe(stored)
    expect(isOutdated(stored)).toBe(false)
    expect(isOutdated(await hash('the kettle sings', { memoryCost: 8, timeCost: 1 }))).toBe(true)
  })

  it('knows a password again, in each spelling of its letters, and no other', async () => {
    const hashing = new PasswordHashing()
    const stored = await hashing.hash('cafe\u0301 au lait')
    expect(await hashing.verify(stored, 'caf\u00e9 au lait')).toBe(true)
    expect(await hashing.verify(stored, 'cafe au lait')).toBe(false)
  })

  it('refuses every password where none is set', async () => {
    const hashing = new PasswordHashing()
    for (const typed of ['', 'correct horse battery', 'x'])
      for (const stored of [null, undefined]) expect(await hashing.verify(stored, typed)).toBe(false)
  })

  it('admits a bounded number, and tells the others before any work', async () => {
    const hashing = new PasswordHashing({ atOnce: 1, waiting: 1 })
    const ends: (() => void)[] = []
    const begun: number[] = []
    const work = (n: number) => (): Promise<number> => {
      begun.push(n)
      return new Promise((resolve) => ends.push(() => resolve(n)))
    }
    const first = hashing.admit(work(1))
    const second = hashing.admit(work(2))
    expect(await hashing.admit(work(3))).toBe('busy')
    for (const end of ends) end()
    expect(await Promise.all([first, second])).toEqual([1, 2])
    const fourth = hashing.admit(work(4))
    for (const end of ends) end()
    expect(await fourth).toBe(4)
    expect(begun).toEqual([1, 2, 4])
  })

  it('does all that were admitted, also after one that failed', async () => {
    const hashing = new PasswordHashing({ atOnce: 2, waiting: 4 })
    const stored = await hashing.hash('the kettle sings')
    const answers = await Promise.allSettled([
      hashing.verify('no hash at all', 'x'),
      ...Array.from({ length: 5 }, () => hashing.verify(stored, 'the kettle sings')),
    ])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', ...Array.from({ length: 5 }, () => 'fulfilled')])
  })
})
