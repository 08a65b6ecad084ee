import type { Registration } from './marketplace'

/** What a merchant has in hand after having authorised an app at each marketplace: a demonstration's `npm run register`. */
export const registrationOf = (registrations: readonly Registration[]): unknown => ({
  slug: 'demo',
  name: '演示商家 Demo',
  apps: registrations.map(({ stores, ...app }) => ({
    ...app,
    stores: stores.map(({ shop, name, accessToken, refreshToken }) => ({ shop, name, accessToken, refreshToken })),
  })),
})
