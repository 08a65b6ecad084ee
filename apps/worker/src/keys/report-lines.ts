import type { KeyUsage } from './status'
import { countAllToReseal } from './status'
import type { VerifiedTarget } from './verify'
import { countFailures } from './verify'

/** What `npm run keys -- status` prints. */
export function keyStatusText(standing: KeyUsage): string {
  const { masters, values, format, readsFirst } = standing
  const left = countAllToReseal(standing)
  return [
    'master keys',
    ...masters.map(
      ({ id, given, wraps }, i) =>
        `  ${id}  ${!given ? 'NOT GIVEN' : i === 0 ? 'seals' : 'opens'}, wraps the keys of ${wraps} organisations`,
    ),
    '',
    formatRow(['values', 'current', 'older key', 'first format', 'erased']),
    ...values.map(({ target, ...n }) => formatRow([target, n.current, n.older, n.first, n.erased])),
    '',
    format === 1
      ? 'New values are sealed in the first format; npm run keys -- rotate turns on the second. The version before cannot be taken back after that.'
      : left > 0
        ? `${left} values are to be sealed again: npm run keys -- rotate`
        : readsFirst
          ? 'Everything is sealed by the present keys; npm run keys -- rotate gives up those of before.'
          : 'Everything is sealed by the present keys.',
  ].join('\n')
}

const formatRow = ([name, ...counts]: readonly (string | number)[]): string =>
  `${String(name).padEnd(20)}${counts.map((n) => (typeof n === 'number' ? n.toLocaleString('en-US') : n).padStart(14)).join('')}`

/** What `npm run keys -- verify` prints. */
export const verificationText = (verified: readonly VerifiedTarget[]): string =>
  [
    ...verified.map(({ target, opened, unopened }) => {
      const why = Object.entries(unopened).map(([trouble, n]) => `${n} ${trouble}`)
      return `${target.padEnd(20)}${opened.toLocaleString('en-US').padStart(12)} open${why.length === 0 ? '' : `, not: ${why.join(', ')}`}`
    }),
    countFailures(verified) === 0 ? 'Everything opens.' : `${countFailures(verified)} values do not open.`,
  ].join('\n')
