/** Why a sealed value does not open. */
export type SealingTrouble = 'unreadable' | 'unknown-key' | 'destroyed-key'

/** A sealed value that does not open. Its message reveals nothing of the contents. */
export class Unsealable extends Error {
  readonly trouble: SealingTrouble = 'unreadable'

  constructor(message = 'this value was not sealed with this key, for this organisation and place') {
    super(message)
  }
}

/** A value names a key that this process does not have: a newer one, not given to it yet, or one removed too early. */
export class UnknownKey extends Unsealable {
  override readonly trouble = 'unknown-key'

  /** @param key its short id; an id reveals nothing about the key */
  constructor(readonly key: string) {
    super(`the key ${key} is not among the keys of this process`)
  }
}

/** The organisation's key was destroyed on purpose: none of its values can be opened any more. */
export class DestroyedKey extends Unsealable {
  override readonly trouble = 'destroyed-key'

  constructor() {
    super('the key of this organisation was destroyed')
  }
}

/** None of the keys given is one that the database was sealed with. */
export class WrongKey extends Error {
  /**
   * @param given short ids of the keys given
   * @param known short ids of the keys that the database knows; empty if none is recorded yet
   */
  constructor(
    readonly given: readonly string[],
    readonly known: readonly string[],
  ) {
    super(
      `is not the key that this database is sealed with (given: ${given.join(', ')}${known.length === 0 ? '' : `; the database knows: ${known.join(', ')}`})`,
    )
  }
}
