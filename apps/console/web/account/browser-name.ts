/** The first that fits: browsers also name those that they want to be taken for. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

export interface BrowserName {
  readonly browser: string
  readonly system: string
}

/** What people call the browser of a `User-Agent`; undefined for anything else, e.g. a program. */
export function browserNameOf(userAgent: string): BrowserName | undefined {
  const firstOf = (names: typeof BROWSERS): string | undefined =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1]
  const browser = firstOf(BROWSERS)
  const system = firstOf(SYSTEMS)
  return browser === undefined || system === undefined ? undefined : { browser, system }
}
