export type { RunningSimulator, SimulatorOptions } from './running'
export type { Truth } from './truth'
export { startSimulator } from './simulator'
