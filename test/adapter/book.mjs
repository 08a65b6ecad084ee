/**
 * What was begun and how it ended, effect by effect, on the disk before anything is done: a start that finds an effect begun and
 * not ended does not begin it again, whatever killed him in between.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'

export function openBook(path) {
  const known = new Map()
  const note = (line) => known.set(line.effect, { ...known.get(line.effect), ...line })
  // The last line may be torn; then what it says was not begun either.
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
    /** Certainly not done: it may be begun again. */
    free: (effect) => write({ effect, state: 'free' }),
    close: () => closeSync(file),
  }
}
