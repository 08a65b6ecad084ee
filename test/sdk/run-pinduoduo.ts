import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningSimulator } from '../../apps/simulator/src'
import type { Finding } from './finding'
import { execute, findingsIn } from './finding'
import { planOf } from './pinduoduo-plan'
import { shapesOf } from './typescript-shapes'

/** The client's folder; its files are CommonJS and run without compilation. */
const CLIENT = join(__dirname, '..', '..', '..', 'test', 'sdk', 'pinduoduo')
/** Our compiler turns the SDK's TypeScript into JavaScript, so that the checkout needs no build. */
const COMPILER = require.resolve('@swc/core')

interface PackageManifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Puts a package folder together that links to the checkout and has what the SDK itself asks for, and runs a client in it. */
export async function runPinduoduo(simulator: RunningSimulator, checkout: string, folder: string): Promise<Finding[]> {
  const core = JSON.parse(readFileSync(join(checkout, 'packages/core/package.json'), 'utf8')) as PackageManifest
  const dependencies = Object.fromEntries(
    Object.entries({ ...core.dependencies, ...core.peerDependencies }).filter(
      ([name]) => !name.startsWith('@pin-duo-duo/') && !name.startsWith('@types/'),
    ),
  )
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'client', private: true, dependencies }))
  await execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder })
  const scope = join(folder, 'node_modules', '@pin-duo-duo')
  mkdirSync(scope, { recursive: true })
  for (const name of ['core', 'pdd-origin-api'])
    if (existsSync(join(checkout, 'packages', name))) symlinkSync(join(checkout, 'packages', name), join(scope, name))
  const files = Object.fromEntries(['plan', 'shapes', 'found'].map((name) => [name, join(folder, `${name}.json`)])) as {
    readonly plan: string
    readonly shapes: string
    readonly found: string
  }
  writeFileSync(files.plan, planOf(simulator))
  writeFileSync(files.shapes, JSON.stringify(shapesOf(join(checkout, 'packages/pdd-origin-api/src'))))
  for (const name of ['client.cjs', 'typescript-hook.cjs'])
    writeFileSync(join(folder, name), readFileSync(join(CLIENT, name)))
  // Links keep their place: what the SDK needs is beside them, not beside the checkout.
  const nodeArguments = [
    '--preserve-symlinks',
    '--preserve-symlinks-main',
    '--require',
    './typescript-hook.cjs',
    'client.cjs',
  ]
  await execute(process.execPath, [...nodeArguments, files.plan, files.shapes, files.found], {
    cwd: folder,
    env: { SDK_COMPILER: COMPILER },
  })
  return findingsIn(files.found)
}
