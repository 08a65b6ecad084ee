import { join } from 'node:path'
import type * as FindKafka from '../find-kafka.cjs'

/** The root of the checkout, from the source as from `dist`. */
export const ROOT = join(__dirname, '../..').replace(/[\\/]dist$/, '')

/** `find-kafka.cjs` is plain JavaScript, because jest's configuration and `npm test` load it before anything is compiled. */
export const { KAFKA_VERSION, jarsFolder, missingForKafka } = require(
  join(ROOT, 'test', 'find-kafka.cjs'),
) as typeof FindKafka
