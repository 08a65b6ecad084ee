/** The names of the published language on Kafka: CloudEvents in binary mode (`libs/messaging`). */

/** Types of the messages that an external adapter sends to us. */
export const REPORT_TYPES = {
  observed: 'case-observed.v1',
  answered: 'act-answered.v1',
  caughtUp: 'caught-up.v1',
} as const

/** Types of the messages that we send to an external adapter. */
export const REQUEST_TYPES = { act: 'act.v1', show: 'show.v1' } as const

export const HEADERS = { id: 'ce_id', type: 'ce_type', source: 'ce_source', signature: 'shouhou_signature' } as const

/** How an external adapter names itself as the source of its reports. */
export const sourceOf = (adapter: string): string => `/shouhou/adapters/${adapter}`

/** The adapter's name in a source; `undefined`: no adapter. */
export const adapterIn = (source: string): string | undefined =>
  /^\/shouhou\/adapters\/([\w.-]{1,64})$/.exec(source)?.[1]
