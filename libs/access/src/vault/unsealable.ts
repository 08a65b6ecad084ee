/** Why a sealed value does not open. */
export type SealingTrouble = 'unreadable' | 'unknown-key' | 'destroyed-key'

/** A sealed value that does not open. Its message says nothing of the contents. */
export class Unsealable extends Error {
  readonly trouble: SealingTrouble = 'unreadable'

  constructor(message = 'this value was not sealed with this key, for this organisation and place') {
    super(message)
  }
}

/** The key that a value names is not among ours: a newer one that this process was not given yet, or one taken away too early. */
export class UnknownKey extends Unsealable {
  override readonly trouble = 'unknown-key'

  /** @param key its short id; an id reveals nothing about the key */
  constructor(readonly key: string) {
    super(`the key ${key} is not among the keys of this process`)
  }
}

/** The organisation's key was destroyed on purpose: nothing of it opens any more. */
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
   * @param known short ids of the keys that the database knows; empty where none was noted yet
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
