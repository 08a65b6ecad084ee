import { execFileSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../kafka/installation'
import type { Version } from '../../processes/process-deployment'

const versionInFolder = (folder: string): Version => {
  // Until November 2026 the folder `support` was called `trade`.
  const place = ['support', 'trade'].find((name) => existsSync(join(folder, 'dist/test', name))) ?? 'support'
  const { ALL_MIGRATIONS } = require(join(folder, 'dist/test', place, 'stack.js')) as {
    readonly ALL_MIGRATIONS: Version['migrations']
  }
  const programOf = (role: string): string => join(folder, 'dist/apps', role, 'src/main.js')
  return { programs: { gateway: programOf('gateway'), worker: programOf('worker') }, migrations: ALL_MIGRATIONS }
}

/** The version of this checkout. */
export const currentVersion = (): Version => versionInFolder(ROOT)

/**
 * A version from this repository's history, checked out into an empty folder and built there with the current packages.
 * `leave` removes the worktree; the caller removes the folder.
 */
export function buildVersionAt(commit: string, folder: string): Version & { removeWorktree(): void } {
  execFileSync('git', ['worktree', 'add', '--detach', '--force', folder, commit], { cwd: ROOT, stdio: 'ignore' })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: 'ignore' })
  return {
    ...versionInFolder(folder),
    removeWorktree: () =>
      void execFileSync('git', ['worktree', 'remove', '--force', folder], { cwd: ROOT, stdio: 'ignore' }),
  }
}
