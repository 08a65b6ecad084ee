import type { RunningSimulator } from './running'

/** What a merchant has in hand after he has authorised an app at each marketplace: a demonstration's `npm run register`. */
export const registrationOf = ({ pinduoduo, douyin }: Pick<RunningSimulator, 'pinduoduo' | 'douyin'>): unknown => ({
  slug: 'demo',
  name: '演示商家 Demo',
  apps: [
    {
      marketplace: 'pinduoduo',
      appKey: pinduoduo.clientId,
      appSecret: pinduoduo.clientSecret,
      endpoints: { api: pinduoduo.apiUrl, messages: pinduoduo.messageUrl },
      stores: pinduoduo.shops.map(({ mallId: shop, name, accessToken, refreshToken }) => ({
        shop,
        name,
        accessToken,
        refreshToken,
      })),
    },
    {
      marketplace: 'douyin',
      appKey: douyin.appKey,
      appSecret: douyin.appSecret,
      endpoints: { api: douyin.apiUrl },
      stores: douyin.shops.map(({ shopId: shop, name, accessToken, refreshToken }) => ({
        shop,
        name,
        accessToken,
        refreshToken,
      })),
    },
  ],
})
