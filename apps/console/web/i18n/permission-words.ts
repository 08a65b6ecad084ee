import type { Permission, Term } from '../api/schema'

/** What each permission allows, in the order in which they are offered. */
export const PERMISSION_WORDS: Readonly<Record<Permission, Term>> = {
  'account.own': { zh: '自己的账号', en: 'Own account' },
  'meta.read': { zh: '查看组织和术语', en: 'Organisation and glossary' },
  'queue.read': { zh: '查看队列', en: 'See the queue' },
  'cases.read': { zh: '查看售后单', en: 'See cases' },
  'cases.act': { zh: '处理售后单（不涉及资金）', en: 'Act on cases (no money)' },
  'money.act': { zh: '退款等资金操作', en: 'Move money' },
  'facts.write': { zh: '登记收货、验货和责任', en: 'Record goods and liability' },
  'evidence.write': { zh: '上传凭证', en: 'Upload evidence' },
  'appeals.write': { zh: '登记申诉', en: 'Record appeals' },
  'strategies.read': { zh: '查看策略', en: 'See strategies' },
  'strategies.write': { zh: '更改策略', en: 'Change strategies' },
  'strategies.grant': { zh: '授权策略', en: 'Grant strategies' },
  'trials.run': { zh: '试跑策略', en: 'Try strategies' },
  'stores.read': { zh: '查看店铺', en: 'See stores' },
  'stores.write': { zh: '更改店铺', en: 'Change stores' },
  'messages.read': { zh: '查看原始消息（已脱敏）', en: 'See raw messages (masked)' },
  'quarantine.read': { zh: '查看隔离区', en: 'See the quarantine' },
  'quarantine.write': { zh: '重跑隔离区消息', en: 'Run quarantined messages again' },
  'deadLetters.read': { zh: '查看未送达事件', en: 'See undelivered events' },
  'deadLetters.write': { zh: '重发未送达事件', en: 'Send undelivered events again' },
  'personal.reveal': { zh: '查看买家姓名和电话', en: 'See buyers’ names and phones' },
  'personal.erase': { zh: '清除买家信息', en: 'Erase buyers' },
  'analytics.read': { zh: '查看数据分析', en: 'See figures' },
  'exports.run': { zh: '导出数据', en: 'Export' },
  'people.read': { zh: '查看人员', en: 'See people' },
  'people.write': { zh: '更改人员', en: 'Change people' },
  'keys.read': { zh: '查看 API 密钥', en: 'See API keys' },
  'keys.write': { zh: '更改 API 密钥', en: 'Change API keys' },
  'audit.read': { zh: '查看审计', en: 'See the audit' },
}

export const PERMISSIONS = Object.keys(PERMISSION_WORDS) as Permission[]
