import { resolve } from 'node:path'
import { MARKETPLACES } from './marketplaces'
import type { SimulatorOptions } from './running'

/** Of the control API; those of the marketplaces follow in the order of the line-up. */
const FIRST_PORT = 4100
/** Where the console takes over from an authorisation page, if both run on this machine with their own settings. */
const CONSOLE = 'http://127.0.0.1:8080/stores/authorised'

/** Reads the environment; throws one error that names every setting that makes no sense. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): SimulatorOptions {
  const wrong: string[] = []
  const whole = (name: string, otherwise: number, most: number): number => {
    const text = env[name]
    if (text === undefined || text === '') return otherwise
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0 && value <= most) return value
    wrong.push(`${name} must be a whole number from 0 to ${most}, not "${text}"`)
    return otherwise
  }
  const pushUrl = env['PUSH_URL']
  if (pushUrl && !URL.canParse(pushUrl.replace('{app_key}', '0')))
    wrong.push(`PUSH_URL must be an address like http://127.0.0.1:3000/push, not "${pushUrl}"`)
  const returnUrl = env['RETURN_URL']
  if (returnUrl && !URL.canParse(returnUrl))
    wrong.push(`RETURN_URL must be an address like ${CONSOLE}, not "${returnUrl}"`)
  const stateFile = env['SIMULATOR_STATE_FILE']
  const settings: SimulatorOptions = {
    seed: env['SIMULATOR_SEED'] || 'demo',
    host: env['SIMULATOR_HOST'] || '127.0.0.1',
    ...(env['SIMULATOR_PUBLIC_HOST'] ? { publicHost: env['SIMULATOR_PUBLIC_HOST'] } : {}),
    ...(env['SIMULATOR_PAGE_HOST'] ? { pageHost: env['SIMULATOR_PAGE_HOST'] } : {}),
    returnUrl: returnUrl || CONSOLE,
    fetchesEvidence: true,
    controlOpen: env['SIMULATOR_CONTROL_OPEN'] === 'true',
    ports: Object.fromEntries(
      ['control', ...MARKETPLACES.map(({ id }) => id)].map((name, index) => [
        name,
        whole(`SIMULATOR_${name.toUpperCase()}_PORT`, FIRST_PORT + index, 65_535),
      ]),
    ),
    pace: { applicationsPerMinute: whole('SIMULATOR_PACE', 6, 60_000) },
    history: { cases: whole('SIMULATOR_HISTORY_CASES', 120, 100_000), days: 4 },
    ...(pushUrl ? { pushUrl } : {}),
    ...(stateFile ? { stateFile: resolve(stateFile) } : {}),
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return settings
}
