/** What a person must attest, because no case shows it (R136–R138). */
export type InterventionGround = 'false-return' | 'malice' | 'promise-broken'
