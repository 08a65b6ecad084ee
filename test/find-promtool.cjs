/** Prometheus' own checker of rules; without it the test of the alerts is left out, and `npm test` says so loudly. */
const { spawnSync } = require('node:child_process')

exports.findPromtool = function findPromtool() {
  const named = process.env.PROMTOOL_PATH || 'promtool'
  return spawnSync(named, ['--version'], { stdio: 'ignore' }).error ? undefined : named
}
