/** The top of the axis: 1, 2 or 5 of the power of ten above the highest value; of nothing 1. */
export function highestOf(values: readonly (number | null)[]): number {
  const highest = Math.max(0, ...values.flatMap((value) => (value === null ? [] : [value])))
  if (highest === 0) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power
}

/** An SVG path that is interrupted where there is no value. */
export function pathOf(
  values: readonly (number | null)[],
  xOf: (nth: number) => number,
  yOf: (value: number) => number,
): string {
  return values
    .map((value, nth) => {
      if (value === null) return ''
      const begins = nth === 0 || values[nth - 1] === null
      return `${begins ? 'M' : 'L'}${xOf(nth).toFixed(1)} ${yOf(value).toFixed(1)}`
    })
    .join('')
}
