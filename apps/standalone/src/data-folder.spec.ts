import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDataFolder } from './data-folder'

const parent = mkdtempSync(join(tmpdir(), 'shouhou-data-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const modeOf = (folder: string): number => statSync(folder).mode & 0o777
/** As root, the database runs as another user, who must be able to traverse the folder. */
const PRIVATE_MODE = process.getuid?.() === 0 ? 0o711 : 0o700

describe('the data folder (fault C5)', () => {
  it('is created for its owner only', () => {
    prepareDataFolder(join(parent, 'a', 'fresh'))
    expect(modeOf(join(parent, 'a', 'fresh'))).toBe(PRIVATE_MODE)
  })

  it('is made private if an earlier version left it open to all users', () => {
    const folder = join(parent, 'earlier')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'master.key'), 'key')
    prepareDataFolder(folder)
    expect(modeOf(folder)).toBe(PRIVATE_MODE)
  })

  it('is left unchanged if it contains nothing of ours', () => {
    const folder = join(parent, 'shared')
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    prepareDataFolder(folder)
    expect(modeOf(folder)).toBe(0o777)
  })
})
