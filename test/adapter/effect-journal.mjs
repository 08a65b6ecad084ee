/**
 * A journal of effects on disk, one JSON line for each begin and end, synced before the call is made. After a restart an
 * effect that was begun and not ended is not begun again.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'

export function openBook(path) {
  const known = new Map()
  const note = (line) => known.set(line.effect, { ...known.get(line.effect), ...line })
  // A last line without a line break was cut off by a kill, before the call was made: it is ignored.
  if (existsSync(path)) for (const text of readFileSync(path, 'utf8').split('\n').slice(0, -1)) note(JSON.parse(text))
  const file = openSync(path, 'a')
  const write = (line) => {
    appendFileSync(file, `${JSON.stringify(line)}\n`)
    fsyncSync(file)
    note(line)
  }
  return {
    of: (effect) => known.get(effect) ?? { token: -1 },
    heard: (effect, token) => note({ effect, token }),
    begin: (effect, token) => write({ effect, token, state: 'begun' }),
    end: (effect, answer) => write({ effect, state: 'ended', answer }),
    /** Certainly not carried out: it may be begun again. */
    free: (effect) => write({ effect, state: 'free' }),
    close: () => closeSync(file),
  }
}
