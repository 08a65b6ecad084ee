import { randomBytes } from 'node:crypto'
import type { Chance } from '../random'

/** The tokens of one shop, as the marketplace answers a request for them. */
export interface IssuedTokens {
  readonly shopId: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Real epoch ms. */
  readonly expiresMs: number
}

/** How a marketplace renews tokens. */
export interface TokenRules {
  /** How long an access token lives, ms. */
  readonly lifeMs: number
  /**
   * Until this long before the expiry, a request for tokens gets the same ones again; after that new ones, and the old
   * ones stay good for as long (Douyin: one hour). Left out: every request makes new ones and voids the old, the refresh
   * token only at a new authorisation (Pinduoduo).
   */
  readonly renewableForMs?: number
  /** Real time, epoch ms. */
  readonly now?: () => number
}

/** For the state file: the newest generation of each shop, and when each generation ends; earlier files have the generation alone. */
export type TokensSnapshot = Readonly<
  Record<
    string,
    | number
    | {
        readonly generation: number
        readonly ends: readonly (readonly [number, number])[]
        readonly authorised?: boolean
        readonly authorisations?: number
      }
  >
>

/** How long the code of an authorisation page lives, ms (Pinduoduo's document; assumed for Douyin). */
export const CODE_LIFE_MS = 10 * 60_000

/**
 * Access tokens of one app. They are made from secret, shop and generation, so a restart knows every token it ever gave out, and one of an
 * older generation is *expired* while an invented one is *unknown*. Their life is real time: moving the trade's clock expires none.
 */
export class Tokens {
  private readonly generations = new Map<string, number>()
  /** When each generation that may still be good ends, by shop. */
  private readonly ends = new Map<string, Map<number, number>>()
  /** Shops whose owners have authorised the app: no others are pushed about. */
  private readonly authorised: Set<string>
  /** How often each shop was authorised on the page: each time voids all its earlier tokens. */
  private readonly authorisations = new Map<string, number>()
  private readonly codes = new Map<string, { readonly shopId: string; readonly endsMs: number }>()
  private readonly now: () => number

  constructor(
    private readonly chance: Chance,
    private readonly channel: string,
    private readonly rules: TokenRules,
    shopIds: readonly string[],
    authorisedIds: readonly string[] = shopIds,
  ) {
    this.authorised = new Set(authorisedIds)
    this.now = rules.now ?? Date.now
    for (const shopId of shopIds) this.beginGeneration(shopId, 1)
  }

  /** The newest token; it may have expired. */
  current(shopId: string): IssuedTokens {
    const generation = this.generations.get(shopId)
    if (generation === undefined) throw new Error(`no shop ${shopId}`)
    return {
      shopId,
      accessToken: this.text('access', shopId, generation),
      refreshToken: this.text('refresh', shopId, this.refreshGeneration(shopId)),
      expiresMs: this.ends.get(shopId)?.get(generation) ?? 0,
    }
  }

  isAuthorised(shopId: string): boolean {
    return this.authorised.has(shopId)
  }

  check(accessToken: string): { readonly shopId: string } | 'expired' | 'unknown' {
    const [shopId, generation] = this.parse('access', accessToken)
    if (shopId === undefined) return 'unknown'
    return (this.ends.get(shopId)?.get(generation) ?? 0) < this.now() ? 'expired' : { shopId }
  }

  refresh(refreshToken: string): IssuedTokens | undefined {
    const [shopId, generation] = this.parse('refresh', refreshToken)
    if (shopId === undefined) return undefined
    const isNewest = generation === this.refreshGeneration(shopId)
    const isStillGood =
      this.rules.renewableForMs !== undefined && (this.ends.get(shopId)?.get(generation) ?? 0) >= this.now()
    return isNewest || isStillGood ? this.renew(shopId) : undefined
  }

  /** A code of the authorisation page: good once, for ten minutes, and until a restart. */
  issueCode(shopId: string): string {
    const code = `n${shopId}${randomBytes(16).toString('hex')}`
    this.codes.set(code, { shopId, endsMs: this.now() + CODE_LIFE_MS })
    return code
  }

  /** A code of a shop that is good again and again, for tests. */
  codeOf(shopId: string): string {
    return this.text('code', shopId, 0)
  }

  redeem(code: string): IssuedTokens | undefined {
    const issued = this.codes.get(code)
    this.codes.delete(code)
    if (issued !== undefined) return issued.endsMs < this.now() ? undefined : this.authorise(issued.shopId)
    const [shopId] = this.parse('code', code)
    return shopId === undefined ? undefined : this.authorise(shopId)
  }

  private authorise(shopId: string): IssuedTokens | undefined {
    this.authorisations.set(shopId, (this.authorisations.get(shopId) ?? 0) + 1)
    return this.renew(shopId)
  }

  renew(shopId: string): IssuedTokens | undefined {
    const generation = this.generations.get(shopId)
    if (generation === undefined) return undefined
    this.authorised.add(shopId)
    const { renewableForMs } = this.rules
    const leftMs = this.current(shopId).expiresMs - this.now()
    if (renewableForMs !== undefined && leftMs > renewableForMs) return this.current(shopId)
    const formerEnd = renewableForMs !== undefined && leftMs >= 0 ? this.now() + renewableForMs : undefined
    this.beginGeneration(shopId, generation + 1)
    if (formerEnd !== undefined) this.ends.get(shopId)?.set(generation, formerEnd)
    return this.current(shopId)
  }

  /** Every newest token has this long to live from now on, real ms; 0: the next call with any token is refused. */
  expireIn(ms: number): void {
    for (const [shopId, generation] of this.generations)
      this.ends.set(shopId, new Map([[generation, this.now() + ms - (ms === 0 ? 1 : 0)]]))
  }

  snapshot(): TokensSnapshot {
    return Object.fromEntries(
      [...this.generations].map(([shopId, generation]) => [
        shopId,
        {
          generation,
          ends: [...(this.ends.get(shopId) ?? [])],
          authorised: this.authorised.has(shopId),
          authorisations: this.authorisations.get(shopId) ?? 0,
        },
      ]),
    )
  }

  restore(snapshot: TokensSnapshot): void {
    for (const [shopId, state] of Object.entries(snapshot)) {
      if (!this.generations.has(shopId)) continue
      if (typeof state === 'number') this.beginGeneration(shopId, state)
      else {
        this.generations.set(shopId, state.generation)
        if (state.authorised === true) this.authorised.add(shopId)
        this.authorisations.set(shopId, state.authorisations ?? 0)
        this.ends.set(shopId, new Map(state.ends))
      }
    }
  }

  /** The number in a refresh token: Douyin's changes with the access token, Pinduoduo's with a new authorisation only. */
  private refreshGeneration(shopId: string): number {
    const numbers = this.rules.renewableForMs === undefined ? this.authorisations : this.generations
    return numbers.get(shopId) ?? 0
  }

  private beginGeneration(shopId: string, generation: number): void {
    this.generations.set(shopId, generation)
    this.ends.set(shopId, new Map([[generation, this.now() + this.rules.lifeMs]]))
  }

  private text(kind: string, shopId: string, generation: number): string {
    return `${kind[0]}${shopId}g${generation}${this.chance.hex(24, this.channel, kind, shopId, String(generation))}`
  }

  private parse(kind: string, text: string): [string | undefined, number] {
    const match = new RegExp(`^${kind[0]}(\\d{1,19})g(\\d{1,9})[0-9a-f]{24}$`).exec(text)
    const [, shopId = '', generation = ''] = match ?? []
    const genuine =
      match !== null && this.generations.has(shopId) && this.text(kind, shopId, Number(generation)) === text
    return genuine ? [shopId, Number(generation)] : [undefined, 0]
  }
}
