import type { register } from '#access'

/** An app of a marketplace and its stores, as they are registered. */
export const registeredApp = (
  marketplace: string,
  shops: readonly string[],
  suffix: string,
): Parameters<typeof register>[3][number] => ({
  marketplace,
  appKey: `key-${marketplace}-${suffix}`,
  appSecret: 'secret',
  endpoints: { api: 'http://127.0.0.1:1' }, // Nothing listens there.
  stores: shops.map((shop) => ({ shop, name: `Shop ${shop}`, accessToken: 'a', refreshToken: 'r' })),
})
