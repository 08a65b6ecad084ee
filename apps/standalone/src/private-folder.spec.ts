import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preparePrivateFolder } from './private-folder'

const parent = mkdtempSync(join(tmpdir(), 'shouhou-data-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const modeOf = (folder: string): number => statSync(folder).mode & 0o777
/** Run as root, the database has a user of its own, who must be able to traverse the folder. */
const PRIVATE = process.getuid?.() === 0 ? 0o711 : 0o700

describe('C5: the data folder', () => {
  it('is created for its owner only', () => {
    preparePrivateFolder(join(parent, 'a', 'fresh'))
    expect(modeOf(join(parent, 'a', 'fresh'))).toBe(PRIVATE)
  })

  it('of an earlier version, open to all users, is made private', () => {
    const folder = join(parent, 'earlier')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'master.key'), 'key')
    preparePrivateFolder(folder)
    expect(modeOf(folder)).toBe(PRIVATE)
  })

  it('that holds nothing of ours is left unchanged', () => {
    const folder = join(parent, 'shared')
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    preparePrivateFolder(folder)
    expect(modeOf(folder)).toBe(0o777)
  })
})
