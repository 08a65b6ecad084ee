/** `R154`, a list of them, or from one to another: `R148–R158`. */
const ID = /(?<![\w])R(\d{3})(?!\d)(?:\s*[–-]\s*R(\d{3})(?!\d))?/g

/** Longer ranges do not count: a test of so many rules proves none of them in particular. */
const MOST_IN_A_RANGE = 12

/** The ids that a text names, each once, in the order of their numbers; a range that is not too long names all that lie in it. */
export function rulesNamedIn(text: string): string[] {
  const numbers = new Set<number>()
  for (const [, from = '', to = from] of text.matchAll(ID)) {
    if (Number(to) - Number(from) >= MOST_IN_A_RANGE) continue
    for (let number = Number(from); number <= Number(to); number++) numbers.add(number)
  }
  return [...numbers].sort((a, b) => a - b).map((number) => `R${String(number).padStart(3, '0')}`)
}
