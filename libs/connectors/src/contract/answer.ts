/** Why a call to a marketplace has no result. */
export type CallFailure =
  /** The access token has expired: refresh once, try once more. */
  | { readonly type: 'token-expired' }
  /** The authorisation has ended: a person must authorise the store again. */
  | { readonly type: 'reauthorise'; readonly code: string; readonly text: string }
  /** A clear refusal. A retry does not help. */
  | { readonly type: 'refused'; readonly code: string; readonly text: string }
  /** Busy, throttled or in maintenance. */
  | { readonly type: 'try-later'; readonly afterMs: number; readonly why: string }
  /**
   * No usable answer: the connection was cut or timed out, or the answer is not in the marketplace's format. Whether
   * the call took effect is unknown. `unsent`: it did not, because nothing has left this machine.
   */
  | { readonly type: 'unknown'; readonly why: string; readonly unsent?: true }

/** The result of a call, or why there is none. */
export type Answer<T> = { readonly type: 'ok'; readonly value: T } | CallFailure
