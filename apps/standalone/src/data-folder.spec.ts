import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePrivate } from './data-folder'

const parent = mkdtempSync(join(tmpdir(), 'shouhou-data-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const modeOf = (folder: string): number => statSync(folder).mode & 0o777
/** Root's database runs as another user, who must be able to pass. */
const CLOSED = process.getuid?.() === 0 ? 0o711 : 0o700

describe('C5: the data folder', () => {
  it('is made for its owner alone', () => {
    makePrivate(join(parent, 'a', 'fresh'))
    expect(modeOf(join(parent, 'a', 'fresh'))).toBe(CLOSED)
  })

  it('of an earlier version, open to all, is closed', () => {
    const folder = join(parent, 'earlier')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'master.key'), 'key')
    makePrivate(folder)
    expect(modeOf(folder)).toBe(CLOSED)
  })

  it('that holds nothing of ours stays as it is', () => {
    const folder = join(parent, 'shared')
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    makePrivate(folder)
    expect(modeOf(folder)).toBe(0o777)
  })
})
