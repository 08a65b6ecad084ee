import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MARKETPLACES } from '.'
import { findFolderProblems } from './contract/suite/folder-shape'

describe.each(MARKETPLACES.map((connector) => [connector.marketplace, connector] as const))(
  'the folder of %s',
  (name, connector) => {
    const folder = join(__dirname, name)

    it('has the files of every connector under their names, and lists its own', () => {
      expect(findFolderProblems(folder, connector)).toEqual([])
    })

    it('is reported where a file is missing, superfluous or not listed', () => {
      const copy = mkdtempSync(join(tmpdir(), 'shape-'))
      try {
        cpSync(folder, copy, { recursive: true })
        rmSync(join(copy, 'statuses.ts'))
        writeFileSync(join(copy, 'outbound', 'gateway.ts'), '')
        expect(findFolderProblems(copy, connector)).toEqual([
          'statuses.ts is missing',
          'outbound/gateway.ts is not listed in the README',
        ])
        const { endpoints: _, ...unreached } = connector
        const left = connector.endpoints === undefined ? [] : ['endpoints.ts has nothing to do']
        expect(findFolderProblems(copy, unreached)).toEqual(expect.arrayContaining(left))
      } finally {
        rmSync(copy, { recursive: true })
      }
    })
  },
)
