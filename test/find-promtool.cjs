/** Finds promtool, Prometheus' checker of alert rules. Without it their test is left out, and the summary of `npm test` says so. */
const { spawnSync } = require('node:child_process')

exports.findPromtool = function findPromtool() {
  const named = process.env.PROMTOOL_PATH || 'promtool'
  return spawnSync(named, ['--version'], { stdio: 'ignore' }).error ? undefined : named
}
