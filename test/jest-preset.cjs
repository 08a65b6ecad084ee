/** What `npx jest PATH` from the root uses: the same settings as `npm test`. */
const { rootDir: _root, ...settings } = require('./jest.config.cjs')
module.exports = settings
