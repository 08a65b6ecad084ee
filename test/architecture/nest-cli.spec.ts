/** `nest-cli.json` works: Nest's own compiler builds a process whose imports of libraries resolve. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './tree'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouhou-nest-'))
  for (const name of ['package.json', 'tsconfig.json', 'nest-cli.json', '.swcrc', 'apps', 'libs'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('/web/dist') })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('nest build worker', () => {
  it('compiles a worker that starts, and asks for its settings', () => {
    execFileSync(process.execPath, [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', 'worker'], {
      cwd: folder,
      stdio: 'pipe',
    })
    const { status, stderr } = spawnSync(process.execPath, ['dist/apps/worker/src/main.js'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain('  - DATABASE_URL: must be an address like postgres://user:password@host:5432/name')
  })
})
