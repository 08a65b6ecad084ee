import { join } from 'node:path'
import type { NewApp } from '#access'
import type { RunningSimulator } from '../../simulator/src/simulator'
import { startSimulator } from '../../simulator/src/simulator'
import type { StandaloneSettings } from './settings'

export const DEMO_ORGANISATION = { slug: 'demo', name: '演示商家 Demo' }

/** Two days of cases before the first start, so that a newcomer finds a queue that has lived. */
const HISTORY = { cases: 420, days: 2 }

/** The simulated marketplaces of the demonstration; what happened there survives a restart. */
export function startMarketplaces(settings: StandaloneSettings, folder: string): Promise<RunningSimulator> {
  const port = settings.SIMULATOR_PORT
  return startSimulator({
    seed: settings.SIMULATOR_SEED,
    pinduoduoPort: port,
    douyinPort: port === 0 ? 0 : port + 1,
    controlPort: port === 0 ? 0 : port + 2,
    pace: { applicationsPerMinute: settings.SIMULATOR_PACE },
    fetchesEvidence: true,
    history: HISTORY,
    stateFile: join(folder, 'simulator.json'),
  })
}

/** What an operator would enter after having authorised us at each marketplace. */
export const appsOf = ({ pinduoduo, douyin }: RunningSimulator): NewApp[] => [
  {
    marketplace: 'pinduoduo',
    appKey: pinduoduo.clientId,
    appSecret: pinduoduo.clientSecret,
    endpoints: { api: pinduoduo.apiUrl, messages: pinduoduo.messageUrl },
    stores: pinduoduo.shops.map(({ mallId, ...shop }) => ({ shop: mallId, ...shop })),
  },
  {
    marketplace: 'douyin',
    appKey: douyin.appKey,
    appSecret: douyin.appSecret,
    endpoints: { api: douyin.apiUrl },
    stores: douyin.shops.map(({ shopId, ...shop }) => ({ shop: shopId, ...shop })),
  },
]
