export const KAFKA_VERSION: string
/** Where the broker's jars are kept between runs. */
export const jarsFolder: string
/** What is missing for a broker of our own, in words; undefined: nothing. */
export function missingForKafka(): string | undefined
/** Whether tests can have one: KAFKA_BROKERS names it, or it can be started here. */
export function canHaveKafka(): boolean
