import Decoder = require('kafkajs/src/protocol/decoder')

/** More than any client of ours writes. */
export const MOST_HEADERS = 200

const LIMITED = Symbol.for('shouhou.header-limit')
const { prototype } = Decoder as unknown as { prototype: Decoder & { [LIMITED]?: true } }

/**
 * The client builds the headers of a record in quadratic time: a record of fifty thousand takes it minutes, in which it
 * sends no heartbeat, loses its partition and begins again. So only the first `MOST_HEADERS` are kept. Done when this file
 * is loaded; loading it again changes nothing.
 */
if (prototype[LIMITED] === undefined) {
  const whole = prototype.readVarIntArray
  prototype.readVarIntArray = function readLimited<T>(this: Decoder, read: (decoder: Decoder) => T): T[] {
    return whole.call(this, read).slice(0, MOST_HEADERS) as T[]
  }
  prototype[LIMITED] = true
}
