import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import type { NewApp } from '#access'
import { UnusableSettings, othersBesideDemo } from '#access'
import { MARKETPLACES as SIMULATED } from '../../simulator/src/marketplaces'
import type { RunningSimulator } from '../../simulator/src/simulator'
import { startSimulator } from '../../simulator/src/simulator'
import type { StandaloneSettings } from './settings'

/** Two days of cases before the first start, so that a newcomer finds a queue that has lived. */
const DEMO_HISTORY = { cases: 420, days: 2 }

/** The simulated marketplaces of the demonstration; what happened there survives a restart. */
export function startMarketplaces(settings: StandaloneSettings, folder: string): Promise<RunningSimulator> {
  const port = settings.SIMULATOR_PORT
  return startSimulator({
    seed: settings.SIMULATOR_SEED,
    // The marketplaces one after the other, then the control API.
    ports: Object.fromEntries(
      [...SIMULATED.map(({ id }) => id), 'control'].map((name, index) => [name, port === 0 ? 0 : port + index]),
    ),
    pace: { applicationsPerMinute: settings.SIMULATOR_PACE },
    // For a person who tries to add a store.
    furtherShops: 1,
    fetchesEvidence: true,
    history: DEMO_HISTORY,
    stateFile: join(folder, 'simulator.json'),
  })
}

/** @throws UnusableSettings that names the other organisations of the database */
export async function refuseBesideOthers(database: DataSource): Promise<void> {
  const others = await othersBesideDemo(database)
  if (others === undefined) return
  throw new UnusableSettings([
    `DEMO: the database has ${others}; the demonstration needs a database of its own. ` +
      'Set DEMO=false to start without it, or DATA_FOLDER or DATABASE_URL to another place to start with it.',
  ])
}

/** What an operator would enter after having authorised us at each marketplace. */
export const appsOf = ({ opened }: RunningSimulator): NewApp[] =>
  opened.map(({ registration }) => ({ ...registration }))
