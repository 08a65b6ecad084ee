/** Every form in which marketplaces have been seen to write an instant, for tests; `at` is UTC ms in whole seconds. */
export function spellInstant(at: number): readonly (number | string)[] {
  const seconds = at / 1000
  const china = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)
  const utc = new Date(at).toISOString()
  return [
    ...[seconds, at, String(seconds), String(at), ` ${seconds} `, `"${seconds}"`],
    ...[china.replace('T', ' '), china, `${china}+08:00`, `${china}+0800`, `${china}.000+08:00`, utc],
  ]
}

/** Values that occur in place of a time and are none. */
export const INVALID_TIMES = [
  0,
  -1,
  '0',
  'soon',
  '2026-02-31 00:00:00',
  '0000-00-00 00:00:00',
  '2150-01-01 00:00:00',
  1e15,
  true,
]
