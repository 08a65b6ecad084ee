export type { RunningSimulator, SimulatorOptions } from './running'
export type { Truth } from './world/truth'
export { startSimulator } from './simulator'
