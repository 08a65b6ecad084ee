/** What the texts of one store must not name, and what they may (R127). Its own marketplace is not in `otherPlatforms`. */
export interface OutgoingTextTerms {
  /**
   * Names of other marketplaces and platforms, in any spelling; compared with the text in lower case without spaces.
   */
  readonly otherPlatforms: readonly string[]
  /** Hosts of links that the marketplace allows, e.g. its own. */
  readonly allowedHosts: readonly string[]
  /** Numbers to call that may be named, digits only, e.g. the platform's hotline (R042). */
  readonly allowedNumbers: readonly string[]
}

/** Marketplaces that none of our connectors serves are foreign to every store; the others are added store by store. */
export const DEFAULT_OUTGOING: OutgoingTextTerms = {
  otherPlatforms: ['淘宝', '天猫', '京东', '闲鱼', '快手', '小红书', '微店', '唯品会', 'taobao', 'tmall', 'xianyu'],
  allowedHosts: [],
  allowedNumbers: [],
}
