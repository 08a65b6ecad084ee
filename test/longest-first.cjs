/**
 * The order of the specs of one jest run: the longest first, so that no worker is left alone with a long one at the end. Jest
 * knows the durations of earlier runs; a fresh clone has none, so the long ones are named here.
 */
const { default: Sequencer } = require('@jest/test-sequencer')

/** By name, longest first; measured in CPU seconds, see README.md. */
const LONGEST = [
  'failpoints.journey',
  'kafka-run.journey',
  'page.journey',
  'kafka-backlog.journey',
  'actions.journey',
  'pull-gaps.journey',
  'processes.journey',
  'kill-run.journey',
  'page-narrow.journey',
  'cases-in.journey',
  'busy-marketplaces.journey',
  'upgrade.journey',
  'kafka-adapters.int',
  'kafka-publishing.int',
  'refused-rows.int',
  'skeleton.int',
  'answers.int',
  'evidence-uploads.int',
  'slow-bodies.int',
  'kafka-hostile-records.int',
  'dump-2635223.int',
  'embedded-postgres.int',
  'order.int',
  'money-once',
  'page-files',
  'nest-cli',
  'lint',
]

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => LONGEST.findIndex((name) => path.endsWith(`/${name}.spec.ts`))
    const rank = (test) => (place(test) === -1 ? LONGEST.length : place(test))
    return super.sort(tests).sort((one, other) => rank(one) - rank(other))
  }
}
