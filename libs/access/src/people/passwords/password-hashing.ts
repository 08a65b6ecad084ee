import { Algorithm, hash, parseOptions, verify } from '@node-rs/argon2'
import { normalisedPassword } from './password-rules'

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2_PARAMETERS = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Verified where there is no password, so that it costs the same. */
const DUMMY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$sj+i0OqwksqnNA6a8MhOCg$wOP8LpMFwEo3YvLBl3L2tPJ1VLE2eJmFaOhROvQTf5w'

const MAX_CONCURRENT = 2
const MAX_WAITING = 16

export interface HashingLimits {
  readonly atOnce: number
  readonly waiting: number
}

/**
 * argon2id, off the event loop, a few at once: each takes 19 MiB and a core. When the queue is full, further calls are refused as
 * `busy` before any other work.
 */
export class PasswordHashing {
  private admitted = 0
  private running = 0
  private readonly queue: (() => void)[] = []

  constructor(private readonly limits: HashingLimits = { atOnce: MAX_CONCURRENT, waiting: MAX_WAITING }) {}

  /** @returns 'busy' where too many are admitted; then `work` is not called */
  async admit<T>(work: () => Promise<T>): Promise<T | 'busy'> {
    if (this.admitted >= this.limits.atOnce + this.limits.waiting) return 'busy'
    this.admitted += 1
    try {
      return await work()
    } finally {
      this.admitted -= 1
    }
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalisedPassword(password), ARGON2_PARAMETERS))
  }

  /** One hash in any case, also where there is nothing to verify by. */
  async verify(stored: string | null | undefined, password: string): Promise<boolean> {
    const right = await this.inTurn(() => verify(stored ?? DUMMY_HASH, normalisedPassword(password)))
    return right && stored != null
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) await new Promise<void>((resolve) => this.queue.push(resolve))
    else this.running += 1
    try {
      return await work()
    } finally {
      const next = this.queue.shift()
      if (next === undefined) this.running -= 1
      else next()
    }
  }
}

/** Whether a stored hash was made by other parameters than those of today. */
export function isOutdated(stored: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored)
  return (
    algorithm !== ARGON2_PARAMETERS.algorithm ||
    memoryCost !== ARGON2_PARAMETERS.memoryCost ||
    timeCost !== ARGON2_PARAMETERS.timeCost ||
    parallelism !== ARGON2_PARAMETERS.parallelism
  )
}
