import Decoder = require('kafkajs/src/protocol/decoder')

/** More headers than any message of ours has: about ten. */
export const MAX_HEADERS = 200

const IS_LIMITED = Symbol.for('shouhou.header-limit')
const { prototype } = Decoder as unknown as { prototype: Decoder & { [IS_LIMITED]?: true } }

/**
 * Patches the client when this file is loaded, once. The client builds the headers of a record in quadratic time: fifty thousand
 * headers take minutes, in which it sends no heartbeat, loses the partition and starts again. So only the first `MAX_HEADERS` of
 * a record are read.
 */
if (prototype[IS_LIMITED] === undefined) {
  const readAll = prototype.readVarIntArray
  prototype.readVarIntArray = function readLimited<T>(this: Decoder, read: (decoder: Decoder) => T): T[] {
    return readAll.call(this, read).slice(0, MAX_HEADERS) as T[]
  }
  prototype[IS_LIMITED] = true
}
