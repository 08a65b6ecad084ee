/**
 * Every place that holds sealed values, named `table.column`, with the purpose from which the first format derives its keys.
 * `stream.buyer` is the buyer of a case: the same value is stored in the case's events and in its folded state.
 * `evidence.piece` is stored on the evidence shelf, not in a table.
 */
export const SEALED_COLUMNS = {
  'app.secret': 'secret',
  'store.access_token': 'secret',
  'store.refresh_token': 'secret',
  'message.raw': 'message',
  'effect.sealed': 'message',
  'stream.buyer': 'buyer',
  'evidence.piece': 'evidence',
  'totp.secret': 'secret',
  'oidc_provider.client_secret': 'secret',
  'action_batch.sealed': 'message',
  'case_note.body': 'message',
} as const

export type SealedColumn = keyof typeof SEALED_COLUMNS

/**
 * Where one sealed value belongs. All of it is authenticated: the value opens nowhere else. `row` identifies the row,
 * is known before it is inserted and never changes; it contains no NUL, like every text of PostgreSQL.
 */
export interface Place {
  readonly org: number
  readonly column: SealedColumn
  readonly row: string
}

export interface AppPlace {
  readonly org: number
  readonly marketplace: string
  readonly appKey: string
}

export interface StorePlace {
  readonly org: number
  readonly app: number
  readonly shop: string
}

export interface MessagePlace {
  readonly org: number
  readonly app: number
  /** Identifies the message, unique per app. */
  readonly digest: Buffer
}

export interface OrderPlace {
  readonly org: number
  readonly stream: string
  readonly intent: string
}

export interface NotePlace {
  readonly org: number
  readonly id: string
}

export interface TotpPlace {
  readonly org: number
  readonly id: string
}

/** Sealed for issuer and client, so that it cannot be sent to another one by changing these. */
export interface OidcPlace {
  readonly org: number
  readonly issuer: string
  readonly clientId: string
}

export interface BatchPlace {
  readonly org: number
  readonly id: string
}

export const placeOf = {
  appSecret: ({ org, marketplace, appKey }: AppPlace): Place => ({
    org,
    column: 'app.secret',
    row: `${marketplace}/${appKey}`,
  }),
  accessToken: ({ org, app, shop }: StorePlace): Place => ({
    org,
    column: 'store.access_token',
    row: `${app}/${shop}`,
  }),
  refreshToken: ({ org, app, shop }: StorePlace): Place => ({
    org,
    column: 'store.refresh_token',
    row: `${app}/${shop}`,
  }),
  message: ({ org, app, digest }: MessagePlace): Place => ({
    org,
    column: 'message.raw',
    row: `${app}/${digest.toString('hex')}`,
  }),
  order: ({ org, stream, intent }: OrderPlace): Place => ({ org, column: 'effect.sealed', row: `${stream}/${intent}` }),
  buyer: (org: number, stream: string): Place => ({ org, column: 'stream.buyer', row: stream }),
  batch: ({ org, id }: BatchPlace): Place => ({ org, column: 'action_batch.sealed', row: id }),
  totpSecret: ({ org, id }: TotpPlace): Place => ({ org, column: 'totp.secret', row: id }),
  oidcSecret: ({ org, issuer, clientId }: OidcPlace): Place => ({
    org,
    column: 'oidc_provider.client_secret',
    row: JSON.stringify([issuer, clientId]),
  }),
  note: ({ org, id }: NotePlace): Place => ({ org, column: 'case_note.body', row: id }),
  evidence: (org: number, hash: string): Place => ({ org, column: 'evidence.piece', row: hash }),
}
