import { Inject, Injectable } from '@nestjs/common'
import { placeOf } from '#access'
import type { Vault } from '#access'
import type { SealedMessage } from '#read-models'
import { VAULT } from '#runtime'
import { maskPersonalData } from '../core/mask-personal-data'
import { Scope } from '../core/scope'

/** 256 Ki characters; longer messages are cut when shown, never when stored. */
const MAX_SHOWN_CHARACTERS = 262_144

/** Decrypts stored messages. Only `clear`, for the connectors, returns them unmasked. */
@Injectable()
export class MessageText {
  constructor(
    private readonly scope: Scope,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  /** @throws Unsealable */
  clear(message: SealedMessage): string {
    return this.vault.open(placeOf.message(message), message.sealed).toString('utf8')
  }

  /** The masked text, and the length of the message in bytes. */
  readMasked(message: SealedMessage): { readonly text: string; readonly bytes: number } {
    const clear = this.clear(message)
    const text = maskPersonalData(clear)
    return {
      text: text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)} …` : text,
      bytes: Buffer.byteLength(clear),
    }
  }

  async marketplaceOf({ app }: { readonly app: number }): Promise<string | null> {
    return (await this.scope.app(app))?.marketplace ?? null
  }
}
