/** A part of the page could not be loaded: the server has a newer version, or there is no connection. */
export class StaleVersion extends Error {
  constructor(override readonly cause: unknown) {
    super('a part of the page could not be loaded')
  }
}
