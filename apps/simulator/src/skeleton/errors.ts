/** An error as the marketplace answers it, always on HTTP 200. */
export class SkeletonError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

export const invalidParam = (name: string): SkeletonError => new SkeletonError(400, `${name} is missing or malformed`)
export const noSuchCase = (): SkeletonError => new SkeletonError(404, 'no such case')
/** The case has moved on since it was read: read again, do not repeat. */
export const staleCase = (): SkeletonError => new SkeletonError(409, 'the case has changed')
