import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import type { NewApp } from '#access'
import { UnusableSettings } from '#access'
import { MARKETPLACES as SIMULATED } from '../../simulator/src/marketplaces'
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
    // The marketplaces one after the other, then the control API.
    ports: Object.fromEntries(
      [...SIMULATED.map(({ id }) => id), 'control'].map((name, index) => [name, port === 0 ? 0 : port + index]),
    ),
    pace: { applicationsPerMinute: settings.SIMULATOR_PACE },
    fetchesEvidence: true,
    history: HISTORY,
    stateFile: join(folder, 'simulator.json'),
  })
}

/**
 * A demonstration never enters a database in which others are: its buyers are invented, its marketplaces answer to whoever
 * is on this machine, and its clock is moved by days. @throws UnusableSettings that names the others
 */
export async function refuseBesideOthers(database: DataSource): Promise<void> {
  const others = await database.query<{ slug: string }[]>(
    'SELECT slug FROM organisation WHERE slug <> $1 ORDER BY id',
    [DEMO_ORGANISATION.slug],
  )
  if (others.length === 0) return
  const [first] = others.map(({ slug }) => slug)
  const named =
    others.length === 1 ? `the organisation ${first}` : `${first} and ${others.length - 1} more organisations`
  throw new UnusableSettings([
    `DEMO: the database has ${named}, and a demonstration enters no database of others. ` +
      'Set DEMO=false to start without it, or DATA_FOLDER or DATABASE_URL to another place to start with it.',
  ])
}

/** What an operator would enter after having authorised us at each marketplace. */
export const appsOf = ({ opened }: RunningSimulator): NewApp[] =>
  opened.map(({ registration }) => ({ ...registration }))
