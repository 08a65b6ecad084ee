/** Both marketplaces live in China time: +08:00 all year. */
const CHINA_OFFSET_MS = 8 * 3_600_000

function chinaIso(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString()
}

/** `2018-04-10 17:03:29` */
export function chinaText(ms: number): string {
  return chinaIso(ms).slice(0, 19).replace('T', ' ')
}

/** `2022-09-02T10:27:50+08:00` */
export function chinaIsoText(ms: number): string {
  return `${chinaIso(ms).slice(0, 19)}+08:00`
}

/** `220902` */
export function chinaDateDigits(ms: number): string {
  return chinaIso(ms).slice(2, 10).replaceAll('-', '')
}

/** Reads `yyyy-MM-dd HH:mm:ss` (China time) or unix seconds; undefined for anything else. Answers epoch ms. */
export function readTimestamp(text: string): number | undefined {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  const ms = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}+08:00`) : NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** `"8.00"`: yuan as the list of Pinduoduo writes them. */
export function yuanText(fen: number): string {
  const whole = Math.floor(Math.abs(fen) / 100)
  return `${fen < 0 ? '-' : ''}${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** One instant in each way that Pinduoduo's detail may write it; all but milliseconds are exact to the second. */
export function formatInstant(ms: number, spelling: 'milliseconds' | 'seconds' | 'text'): number | string {
  if (spelling === 'text') return chinaText(ms)
  return spelling === 'seconds' ? Math.floor(ms / 1000) : ms
}
