/** Path of a Chromium for the browser tests. Without one (`undefined`) they are left out, and the summary of `npm test` says so. */
const { accessSync, constants, existsSync, readdirSync } = require('node:fs')
const { homedir } = require('node:os')
const { delimiter, join } = require('node:path')

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

exports.findChromium = function findChromium() {
  const named = process.env.CHROMIUM_PATH
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const onMac = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  return [...(named ? [named] : []), ...onPath, ...onMac, ...downloaded()].find(runnable)
}

/** What `npx playwright install chromium` leaves behind. */
function downloaded() {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith('chromium'))
    .sort()
    .reverse()
    .flatMap((name) =>
      ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-linux/headless_shell'].map((path) =>
        join(folder, name, path),
      ),
    )
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
