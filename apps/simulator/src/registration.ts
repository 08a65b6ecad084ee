import type { Registration } from './marketplace'

/** The credentials of a merchant that has authorised an app at each marketplace: the input of `npm run register` in a demo. */
export const registrationOf = (registrations: readonly Registration[]): unknown => ({
  slug: 'demo',
  name: '演示商家 Demo',
  apps: registrations.map(({ stores, ...app }) => ({
    ...app,
    stores: stores.map(({ shop, name, accessToken, refreshToken }) => ({ shop, name, accessToken, refreshToken })),
  })),
})
