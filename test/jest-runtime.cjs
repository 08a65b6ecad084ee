/**
 * Jest's runtime, except that a worker compiles each module once and not once for each spec file. Every spec file still gets
 * its own context and its own modules; only the machine code is shared. What a spec file has stored for its asynchronous work
 * ends with it.
 */
const { AsyncLocalStorage } = require('node:async_hooks')
const { Script } = require('node:vm')
const { setFlagsFromString } = require('node:v8')
const { default: Runtime } = require('jest-runtime')

// Compiled functions are kept between two spec files, in which nothing refers to them.
setFlagsFromString('--no-flush-bytecode')

/** By file name; the code of a file may differ between two configurations. */
const compiled = new Map()

/**
 * Node copies every storage that was ever used to every new promise. Without an end, those of all earlier spec files would be
 * copied, too: a worker would become slower with each file.
 */
const usedStorages = new Set()
for (const method of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[method]
  AsyncLocalStorage.prototype[method] = function (...words) {
    usedStorages.add(this)
    return original.apply(this, words)
  }
}

module.exports = class extends Runtime {
  constructor(...words) {
    super(...words)
    const { executor } = this
    const compile = executor.compile.bind(executor)
    executor.compile = (code, filename) => {
      const context = this._environment.getVmContext()
      try {
        if (context) return scriptOf(code, filename, executor.injectedModuleParameters).runInContext(context)
      } catch {
        // Jest's own compilation below reports the error.
      }
      return compile(code, filename)
    }
  }

  teardown() {
    super.teardown()
    for (const storage of usedStorages) storage.disable()
    usedStorages.clear()
  }
}

function scriptOf(code, filename, parameters) {
  const known = compiled.get(filename)
  if (known?.code === code) return known.script
  const head = `(function (${parameters.join(', ')}) {`
  // The head does not move the first line, so that positions in stack traces stay those of the file.
  const script = new Script(`${head}${code}\n})`, { filename, columnOffset: -head.length })
  compiled.set(filename, { code, script })
  return script
}
