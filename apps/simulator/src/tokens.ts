import type { Chance } from './random'

export interface Issued {
  readonly shopId: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Real epoch ms. */
  readonly expiresMs: number
}

/**
 * Access tokens of one app. They are made from seed, shop and generation, so a restart knows every token it ever gave out, and one of an
 * older generation is *expired* while an invented one is *unknown*. Their life is real time: moving the trade's clock expires none.
 */
export class Tokens {
  private readonly generations = new Map<string, number>()
  private readonly issuedMs = new Map<string, number>()

  constructor(
    private readonly chance: Chance,
    private readonly channel: string,
    private readonly lifeMs: number,
    shopIds: readonly string[],
  ) {
    for (const shopId of shopIds) this.begin(shopId, 1)
  }

  /** The token that is valid now. */
  current(shopId: string): Issued {
    const generation = this.generations.get(shopId)
    if (generation === undefined) throw new Error(`no shop ${shopId}`)
    const expiresMs = (this.issuedMs.get(shopId) ?? 0) + this.lifeMs
    return {
      shopId,
      accessToken: this.text('access', shopId, generation),
      refreshToken: this.text('refresh', shopId, 0),
      expiresMs,
    }
  }

  check(accessToken: string): { readonly shopId: string } | 'expired' | 'unknown' {
    const [shopId, generation] = this.parse('access', accessToken)
    if (shopId === undefined) return 'unknown'
    if (generation !== this.generations.get(shopId)) return 'expired'
    return this.current(shopId).expiresMs < Date.now() ? 'expired' : { shopId }
  }

  /** A refresh makes a new access token; the former one is worth nothing from then on. */
  refresh(refreshToken: string): Issued | undefined {
    const [shopId] = this.parse('refresh', refreshToken)
    return shopId === undefined ? undefined : this.renew(shopId)
  }

  /** Authorisation code of a shop, as its owner would get it on the authorise page. */
  codeOf(shopId: string): string {
    return this.text('code', shopId, 0)
  }

  redeem(code: string): Issued | undefined {
    const [shopId] = this.parse('code', code)
    return shopId === undefined ? undefined : this.renew(shopId)
  }

  renew(shopId: string): Issued | undefined {
    const generation = this.generations.get(shopId)
    if (generation === undefined) return undefined
    this.begin(shopId, generation + 1)
    return this.current(shopId)
  }

  /** As if their time had run out: the next call with any access token is refused. */
  expireAll(): void {
    for (const [shopId, generation] of this.generations) this.begin(shopId, generation + 1)
  }

  snapshot(): Record<string, number> {
    return Object.fromEntries(this.generations)
  }

  restore(kept: Readonly<Record<string, number>>): void {
    for (const [shopId, generation] of Object.entries(kept))
      if (this.generations.has(shopId)) this.begin(shopId, generation)
  }

  private begin(shopId: string, generation: number): void {
    this.generations.set(shopId, generation)
    this.issuedMs.set(shopId, Date.now())
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
