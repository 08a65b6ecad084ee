const USABLE_LOGIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@+-]{0,99}$/u

/**
 * A login as it is stored and compared: two encodings of the same letters are one login. Lower-casing may undo a
 * normalisation, so NFKC is applied twice.
 */
export const normalisedLogin = (login: string): string =>
  login.toWellFormed().normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase().normalize('NFKC')

/** Whether a normalised login may be given to a person: an e-mail address or a name, at most 100 letters. */
export const isUsableLogin = (login: string): boolean => USABLE_LOGIN.test(login)
