import 'reflect-metadata'
import { plainToInstance } from 'class-transformer'
import { getMetadataStorage, validateSync } from 'class-validator'
import { readFileSync } from 'node:fs'

/** What is wrong with the settings, a line each, for the operator. */
export class UnusableSettings extends Error {
  constructor(readonly lines: readonly string[]) {
    super(['These settings cannot be used:', ...lines.map((line) => `  - ${line}`)].join('\n'))
  }
}

/**
 * Reads settings from the environment into a class with class-validator's decorators. An empty value counts as absent. `NAME_FILE` names a file
 * that holds the value of `NAME`, as containers are handed secrets. Values are never repeated in the error: a setting may
 * be a secret.
 */
export const readSettings = <T extends object>(settingsClass: new () => T, env: NodeJS.ProcessEnv): T =>
  readAllSettings([settingsClass], env)[0]

/** The same for several classes, whose wrong settings are reported together. */
export function readAllSettings<const T extends readonly object[]>(
  classes: { readonly [K in keyof T]: new () => T[K] },
  env: NodeJS.ProcessEnv,
): T {
  const given = {
    ...Object.assign({}, ...classes.map((settingsClass) => fromFiles(settingsClass, env))),
    ...nonEmpty(env),
  }
  const read = classes.map((settingsClass) => readOne(settingsClass, given))
  const wrong = read.flatMap(({ wrong }) => wrong)
  if (wrong.length > 0) throw new UnusableSettings(wrong)
  return read.map(({ settings }) => settings) as unknown as T
}

function readOne(
  settingsClass: new () => object,
  env: NodeJS.ProcessEnv,
): { settings: object; wrong: readonly string[] } {
  const defaults = new settingsClass() as Readonly<Record<string, unknown>>
  const given = Object.fromEntries(
    Object.entries(env)
      // The compiler records no type for a field that only has a default.
      .map(([name, value]) => [name, typeof defaults[name] === 'number' ? Number(value) : value]),
  )
  const settings = plainToInstance(settingsClass, given, { enableImplicitConversion: true, exposeDefaultValues: true })
  const errors = validateSync(settings, { forbidUnknownValues: true, validationError: { value: false, target: false } })
  const wrong = errors.map((e) => `${e.property}: ${[...new Set(Object.values(e.constraints ?? {}))].join('; ')}`)
  return { settings, wrong }
}

/** The names of all settings of a class. */
export function settingsOf(settingsClass: new () => object): string[] {
  const validations = getMetadataStorage().getTargetValidationMetadatas(settingsClass, '', true, false)
  return [...new Set(validations.map(({ propertyName }) => propertyName))]
}

const nonEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))

function fromFiles(settingsClass: new () => object, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const named = settingsOf(settingsClass).flatMap((name) =>
    env[`${name}_FILE`] ? [[name, env[`${name}_FILE`] as string] as const] : [],
  )
  return Object.fromEntries(named.map(([name, path]) => [name, readSecretFile(name, path)]))
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new UnusableSettings([`${name}_FILE: cannot be read`])
  }
}
