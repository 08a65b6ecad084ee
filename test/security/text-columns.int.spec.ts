import { useTestDatabase, rowsOf } from '../postgres/test-database'

const db = useTestDatabase()

/**
 * Where the content of a text or json column comes from, and what keeps NUL, lone surrogates and the like out of
 * it. A new column fails the test until it is classified.
 */
const SOURCES = {
  /** Constants, names, hashes and numbers that our code makes; nothing from outside. */
  ours: [
    // `codeOf` keeps ids and codes only.
    ...[
      'action_batch.action',
      'action_batch.actor',
      'action_batch.recall_actor',
      'action_batch.state',
      'action_batch.stores',
    ],
    ...['action_batch_item.reason', 'action_batch_item.rule', 'action_batch_item.state', 'action_batch_item.warnings'],
    ...['audit_entry.action', 'audit_entry.actor', 'audit_entry.details', 'audit_entry.subject'],
    ...['action_id.intent', 'appeal_result.kind', 'appeal_result.result', 'arming.mode', 'budget.day'],
    ...['case_search.name_hash', 'case_search.phone_hash', 'case_search.phone_tail_hash', 'consumed.consumer'],
    ...['dead_letter.consumer', 'effect.claimed_by', 'effect.ended_as', 'effect.intent', 'effect.state', 'event.type'],
    ...['evidence_piece.hash', 'evidence_piece.kind', 'evidence_piece.shows', 'evidence_piece.type', 'key_check.id'],
    ...['lease.holder', 'lease.name', 'message.channel', 'migrations.name', 'operator_log.what', 'organisation_key.id'],
    ...['organisation_key.master', 'outgoing.type', 'publication.name', 'pull_window.unproven', 'quarantine.reason'],
    ...[
      'queue_row.due_breach',
      'queue_row.due_kind',
      'queue_row.due_source',
      'queue_row.kind',
      'queue_row.marketplace',
    ],
    ...[
      'queue_row.outcome',
      'queue_row.status',
      'queue_row.turn',
      'reading.failure_kind',
      'reading.why',
      'rebuild.read_model',
      'reseal.after',
      'reseal.target',
    ],
    ...['table_security.digest', 'table_security.prefix'],
    ...['action_fact.action', 'action_fact.intent', 'action_fact.kind', 'action_fact.marketplace'],
    ...['action_fact.reason_first', 'action_fact.requested_by', 'action_fact.state', 'action_fact.strategy'],
    ...['action_fact.way', 'analytics_login.login', 'appeal_fact.appeal', 'appeal_fact.appeal_kind'],
    ...['appeal_fact.kind', 'appeal_fact.marketplace', 'appeal_fact.reason_first', 'appeal_fact.result'],
    ...['case_fact.decided_by', 'case_fact.dispute_stage', 'case_fact.goods_stage', 'case_fact.kind'],
    ...['case_fact.marketplace', 'case_fact.money_stage', 'case_fact.outcome', 'case_fact.reason'],
    ...['case_fact.reason_first', 'case_fact.status', 'case_fact.strategy', 'deadline_fact.deadline'],
    ...['deadline_fact.kind', 'deadline_fact.marketplace', 'deadline_fact.reason_first', 'deadline_fact.turn'],
    ...['measure_day.dimension', 'measure_day.kind', 'measure_day.marketplace', 'measure_day.measure'],
    ...['api_key.id', 'api_key.permissions', 'api_key.stores', 'membership.role', 'membership.stores'],
    ...['one_time_link.purpose', 'one_time_link.role', 'one_time_link.stores', 'person.password_hash'],
    ...['oidc_attempt.purpose', 'oidc_provider.login_key', 'quota_use.scope', 'sign_in_throttle.scope'],
    ...['erasure.why', 'passkey.rp_id', 'passkey.transports', 'passkey_challenge.purpose'],
    ...['strategy.policy', 'task.intent', 'task.reason', 'timer.kind', 'trial.reason', 'trial.state', 'trial.stores'],
  ],
  /** Read from messages by the connectors' readers (`asText`, `asId`), which remove what cannot be stored. */
  reader: [
    ...['appeal_result.appeal', 'case_search.order_number', 'parcel_case.tracking', 'queue_row.case_number'],
    ...['queue_row.goods_title', 'queue_row.name_mask', 'queue_row.order_number', 'queue_row.phone_mask'],
    ...['queue_row.reason_code', 'queue_row.reason_text', 'queue_row.variant', 'reading.case_number'],
    ...['reading.order_number', 'evidence_wanted.request'],
    ...['case_fact.case_number', 'case_fact.couriers', 'case_fact.order_number', 'case_fact.products'],
    ...['measure_day.value'],
  ],
  /** Written by `packJson`, which refuses the whole row: its message goes into quarantine (`UnstorableLetter`). */
  packed: ['event.body', 'outgoing.body', 'stream.state'],
  /** Written by `storableText` or `storableJson`. */
  storable: [
    ...['session.address', 'session.user_agent'],
    ...['connection.why', 'dead_letter.event_id', 'dead_letter.headers', 'dead_letter.key', 'dead_letter.reason'],
    ...[
      'dead_letter.topic',
      'effect.ended_text',
      'reading.failure',
      'pull_cursor.trouble',
      'quarantine.detail',
      'shadow.verdict',
    ],
    ...['store_terms.document', 'strategy_version.settings', 'trial.report', 'unproven_window.why'],
  ],
  /** Entered by people in the console, whose `StrictValidation` refuses what cannot be stored; names by `ACCOUNT_NAME`. */
  console: [
    ...['action_batch.created_by', 'action_batch.recalled_by'],
    ...['app.service', 'api_key.label', 'one_time_link.login', 'person.display_name', 'person.login'],
    ...['arming.armed_by', 'arming.disarmed_by', 'evidence_piece.added_by', 'evidence_piece.judged_by'],
    ...['main_account.account', 'main_account.named_by', 'operator_log.operator', 'operator_log.subject'],
    ...['oidc_attempt.display_name', 'oidc_attempt.login', 'oidc_provider.client_id', 'oidc_provider.email_domains'],
    ...['oidc_provider.issuer', 'oidc_provider.role_claim', 'oidc_provider.role_values'],
    ...['erasure.requested_by', 'passkey.name'],
    ...['store_terms.changed_by', 'strategy.created_by', 'strategy.name', 'strategy_grant.account'],
    ...['strategy_grant.ended_by', 'strategy_grant.granted_by', 'strategy_version.created_by'],
  ],
  /** Of a provider's token, whose subject is checked to be ASCII, and whose issuer is the stored one (`oidc-calls.ts`). */
  provider: ['oidc_subject.issuer', 'oidc_subject.subject'],
  /** From the operator, by `npm run register`: refused there with the database's own words. */
  register: [
    ...['app.app_key', 'app.endpoints', 'app.marketplace', 'organisation.name', 'organisation.slug', 'store.name'],
    ...['store.shop'],
  ],
} as const

describe('every text and json column (fault A6)', () => {
  it('is classified by its source, and so by what keeps unstorable characters out of it', async () => {
    const columns = await rowsOf<{ name: string }>(
      db,
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY') ORDER BY 1`,
    )
    const classified: string[] = Object.values(SOURCES).flat()
    expect(new Set(classified).size).toBe(classified.length)
    expect(classified.sort()).toEqual(columns.map(({ name }) => name).sort())
  })
})
