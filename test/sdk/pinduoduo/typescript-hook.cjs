// Lets Node run the SDK's TypeScript as it stands in its checkout, compiled in memory.
const { readFileSync } = require('node:fs')
const { transformSync } = require(process.env.SDK_COMPILER)

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2020' },
    module: { type: 'commonjs' },
  })
  module._compile(code, filename)
}
