import type { TopicName } from '../topics'
import { ADAPTER_ACTIONS } from './adapter-actions'
import { CASE_EVENTS } from './case-events'
import { CASE_SNAPSHOT, caseSnapshot } from './case-snapshot'
import type { Schema } from './schema'
import { ADAPTER_REPORTS } from './adapter-reports'

/** One type of message: its name with its version, its topic and its schema. */
export interface Message {
  /** `case-opened.v1`. A breaking change gets another version, which is published beside the old one for a time. */
  readonly type: string
  readonly topic: TopicName
  readonly description: string
  readonly schema: Schema
}

const messagesIn = (
  topic: TopicName,
  kinds: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>,
): readonly Message[] =>
  Object.entries(kinds).map(([type, { description, schema }]) => ({ type, topic, description, schema }))

/** All message types. Validators, schema files and the AsyncAPI document are made from this list. */
export const MESSAGES: readonly Message[] = [
  ...messagesIn('case-events', CASE_EVENTS),
  { type: CASE_SNAPSHOT, topic: 'case-snapshots', description: 'The case as it stands.', schema: caseSnapshot },
  ...messagesIn('actions', ADAPTER_ACTIONS),
  ...messagesIn('reports', ADAPTER_REPORTS),
]

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** The URN of a message's schema (`ce_dataschema`). */
export const schemaIdOf = (type: string): string => `urn:shouhou:schema:${type}`

/** The whole schema document of a message, as it is published. */
export const schemaDocumentOf = ({ type, description, schema }: Message): Schema => ({
  $schema: DIALECT,
  $id: schemaIdOf(type),
  title: type,
  description,
  ...schema,
})
