/** Grounds for an intervention that a person must attest, because no case shows them (R136–R138). */
export type InterventionGround = 'false-return' | 'malice' | 'promise-broken'
