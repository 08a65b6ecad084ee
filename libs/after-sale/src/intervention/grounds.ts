/** What a person must say for himself, because no case shows it (R136–R138). */
export type InterventionGround = 'false-return' | 'malice' | 'promise-broken'
