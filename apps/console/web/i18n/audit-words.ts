import type { Term } from '../api/schema'

const term = (zh: string, en: string): Term => ({ zh, en })

/** What an audit entry says was done. By section, which is how an action begins. */
export const AUDIT_WORDS = {
  session: {
    name: term('登录和会话', 'Log-in and sessions'),
    actions: {
      'session.opened': term('登录', 'Logged in'),
      'session.closed': term('退出登录', 'Logged out'),
      'session.revoked': term('结束会话', 'Ended a session'),
      'session.others-revoked': term('结束其他会话', 'Ended other sessions'),
      'session.reauthenticated': term('再次确认身份', 'Confirmed who it is'),
      'session.reauthentication-refused': term('确认身份失败', 'Failed to confirm who it is'),
      'session.switched': term('切换组织', 'Switched organisation'),
    },
  },
  'sign-in': {
    name: term('登录失败', 'Refused log-ins'),
    actions: { 'sign-in.refused': term('登录失败', 'Log-in refused') },
  },
  access: {
    name: term('拒绝访问', 'Refused access'),
    actions: { 'access.denied': term('没有权限，被拒绝', 'Refused: not allowed') },
  },
  person: {
    name: term('人员', 'People'),
    actions: {
      'person.invited': term('邀请同事', 'Invited a colleague'),
      'person.renamed': term('改名', 'Changed the name'),
    },
  },
  invitation: {
    name: term('邀请', 'Invitations'),
    actions: { 'invitation.withdrawn': term('撤回邀请', 'Withdrew an invitation') },
  },
  link: {
    name: term('一次性链接', 'One-time links'),
    actions: {
      'link.made': term('生成一次性链接', 'Made a one-time link'),
      'link.used': term('打开一次性链接', 'Opened a one-time link'),
    },
  },
  membership: {
    name: term('角色和店铺', 'Role and stores'),
    actions: {
      'membership.changed': term('更改角色和店铺', 'Changed role and stores'),
      'membership.disabled': term('停用', 'Disabled'),
      'membership.enabled': term('启用', 'Enabled'),
    },
  },
  password: {
    name: term('密码', 'Passwords'),
    actions: {
      'password.changed': term('更改密码', 'Changed the password'),
      'password.reset-offered': term('生成重设密码链接', 'Made a link for a new password'),
    },
  },
  'second-factor': {
    name: term('两步验证', 'Second factor'),
    actions: {
      'second-factor.prepared': term('开始设置两步验证', 'Began to set up the second factor'),
      'second-factor.added': term('开启两步验证', 'Turned the second factor on'),
      'second-factor.removed': term('关闭两步验证', 'Removed the second factor'),
    },
  },
  passkey: {
    name: term('通行密钥', 'Passkeys'),
    actions: {
      'passkey.registered': term('添加通行密钥', 'Added a passkey'),
      'passkey.removed': term('移除通行密钥', 'Removed a passkey'),
    },
  },
  'recovery-codes': {
    name: term('恢复码', 'Recovery codes'),
    actions: { 'recovery-codes.renewed': term('生成新的恢复码', 'Made new recovery codes') },
  },
  oidc: {
    name: term('单点登录', 'Single sign-on'),
    actions: {
      'oidc.saved': term('更改单点登录设置', 'Changed the log-in provider'),
      'oidc.removed': term('移除单点登录', 'Removed the log-in provider'),
      'oidc.linked': term('关联单点登录账号', 'Linked the account to the provider'),
      'oidc.unlinked': term('取消关联单点登录账号', 'Unlinked the account from the provider'),
    },
  },
  key: {
    name: term('API 密钥', 'API keys'),
    actions: {
      'key.created': term('创建 API 密钥', 'Created an API key'),
      'key.revoked': term('撤销 API 密钥', 'Revoked an API key'),
    },
  },
  case: {
    name: term('售后单', 'Cases'),
    actions: {
      'case.acted': term('处理售后单', 'Acted on a case'),
      'case.action-attested': term('确认已人工完成', 'Attested an action'),
      'case.action-closed': term('关闭操作', 'Closed an action'),
      'case.facts-recorded': term('补充事实', 'Recorded facts'),
    },
  },
  batch: {
    name: term('批量操作', 'Batches'),
    actions: {
      'batch.frozen': term('预览批量操作', 'Froze a batch'),
      'batch.started': term('开始批量操作', 'Started a batch'),
      'batch.recalled': term('撤回批量操作', 'Called a batch back'),
    },
  },
  appeal: {
    name: term('申诉', 'Appeals'),
    actions: { 'appeal.result-recorded': term('记录申诉结果', 'Recorded the result of an appeal') },
  },
  evidence: {
    name: term('凭证', 'Evidence'),
    actions: {
      'evidence.added': term('添加凭证', 'Added a piece of evidence'),
      'evidence.judged': term('记录平台对凭证的认定', 'Recorded the judgement of a piece'),
    },
  },
  strategy: {
    name: term('策略', 'Strategies'),
    actions: {
      'strategy.drafted': term('新建策略', 'Drafted a strategy'),
      'strategy.revised': term('修改策略', 'Revised a strategy'),
      'strategy.armed': term('启用策略', 'Armed a strategy'),
      'strategy.disarmed': term('停用策略', 'Disarmed a strategy'),
    },
  },
  trial: {
    name: term('策略试跑', 'Trials'),
    actions: { 'trial.started': term('开始试跑', 'Started a trial') },
  },
  grant: {
    name: term('策略授权', 'Strategy grants'),
    actions: {
      'grant.given': term('授权策略', 'Granted the strategies of a store'),
      'grant.revoked': term('撤销授权', 'Revoked a grant'),
    },
  },
  'main-account': {
    name: term('主账号', 'Main account'),
    actions: { 'main-account.named': term('指定主账号', 'Named the main account') },
  },
  app: {
    name: term('平台应用', 'Apps at marketplaces'),
    actions: {
      'app.added': term('登记应用', 'Entered an app'),
      'app.changed': term('更改应用密钥', 'Changed the secret of an app'),
    },
  },
  store: {
    name: term('店铺', 'Stores'),
    actions: {
      'store.authorisation-begun': term('开始授权店铺', 'Began to authorise a store'),
      'store.added': term('添加店铺', 'Added a store'),
      'store.reauthorised': term('重新授权店铺', 'Authorised a store again'),
      'store.paused': term('暂停店铺', 'Paused a store'),
      'store.resumed': term('恢复店铺', 'Resumed a store'),
      'store.removed': term('移除店铺', 'Removed a store'),
      'store.terms-changed': term('更改店铺设置', 'Changed the terms of a store'),
      'store.advance-refund-opened': term('开通极速退款', 'Opened the advance refund'),
      'store.advance-refund-closed': term('关闭极速退款', 'Closed the advance refund'),
    },
  },
  personal: {
    name: term('买家个人信息', 'Personal data of buyers'),
    actions: { 'personal.revealed': term('查看买家姓名或电话', 'Saw the name or phone of a buyer') },
  },
  buyer: {
    name: term('清除买家信息', 'Erasure of buyers'),
    actions: { 'buyer.erasure-requested': term('要求清除买家信息', 'Requested the erasure of a buyer') },
  },
  search: {
    name: term('搜索', 'Searches'),
    actions: { 'search.limit-reached': term('手机尾号搜索达到上限', 'Reached the limit of searches by phone') },
  },
  quarantine: {
    name: term('隔离区', 'Quarantine'),
    actions: { 'quarantine.run-again': term('重跑隔离区消息', 'Ran a quarantined message again') },
  },
  figures: {
    name: term('数据分析', 'Figures'),
    actions: { 'figures.exported': term('导出数据', 'Exported figures') },
  },
  'database-login': {
    name: term('数据库登录', 'Database logins'),
    actions: {
      'database-login.made': term('生成数据库登录', 'Made a database login'),
      'database-login.revoked': term('撤销数据库登录', 'Revoked a database login'),
    },
  },
  'dead-letter': {
    name: term('未送达事件', 'Undelivered events'),
    actions: { 'dead-letter.sent-again': term('重发未送达事件', 'Sent an undelivered event again') },
  },
} as const satisfies Readonly<Record<string, { name: Term; actions: Readonly<Record<string, Term>> }>>

/** The actor of what happened before a log-in. */
export const ANONYMOUS = 'anonymous'

const BY_ACTION: ReadonlyMap<string, Term> = new Map(
  Object.values(AUDIT_WORDS).flatMap(({ actions }) => Object.entries<Term>(actions)),
)

/** An action of a newer server is shown by its code. */
export const auditTerm = (action: string): Term => BY_ACTION.get(action) ?? { zh: action, en: action }
