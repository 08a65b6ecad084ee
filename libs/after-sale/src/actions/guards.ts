import type { Guard } from './guard'
import type { ActionName } from './vocabulary'

/** What stands before each action, one rule a line. */
export const GUARDS: Readonly<Partial<Record<ActionName, readonly Guard[]>>> = {}
