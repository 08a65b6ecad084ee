import { join } from 'node:path'
import type * as FindKafka from '../find-kafka.cjs'

/** The checkout, whether this file is compiled or not. */
export const ROOT = join(__dirname, '../..').replace(/[\\/]dist$/, '')

/** Not compiled: jest's settings and `npm test` need it before anything is. */
export const { KAFKA_VERSION, jarsFolder, missingForKafka } = require(
  join(ROOT, 'test', 'find-kafka.cjs'),
) as typeof FindKafka
