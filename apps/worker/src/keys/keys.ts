/** `npm run keys`: which keys seal what, everything under new keys, whether everything opens. See README "Keys". */
import { join, resolve } from 'node:path'
import { IsOptional, IsString } from 'class-validator'
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { IsMasterKeyList, UnusableSettings, loadMasterKeys, openVault, readSettings, verifyKeys } from '#access'
import { EvidenceSettings, openEvidenceBlobs, sealedPiecesIn } from '#case-handling'
import { IsDatabaseUrl, IsRolePrefix, openDatabase } from '#event-store'
import { startupErrorMessage } from '#runtime'
import { ALL_MIGRATIONS, bringUpToDate } from '../bring-up-to-date'
import { buyerTarget } from './buyers'
import { eraseOrganisation } from './erase'
import { evidenceTarget } from './evidence'
import { rotateKeys } from './rotate'
import { keyStatusText, verificationText } from './report-lines'
import { readKeyUsage } from './status'
import type { ResealTarget } from './targets'
import { columnTargets } from './targets'
import { countFailures, verify } from './verify'
import type { KeysArguments } from './arguments'
import { parseKeysArguments } from './arguments'
import { recordDatabaseUrl } from '../record-database'

class KeysSettings extends EvidenceSettings {
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  /** The data folder of `npm start`, whose database is used where `DATABASE_URL` is not set and `npm start` is not running. */
  @IsString()
  DATA_FOLDER = '.data'

  @IsOptional()
  @IsRolePrefix()
  DATABASE_ROLES?: string

  @IsOptional()
  @IsString()
  KEY_FILE?: string

  @IsOptional()
  @IsString()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string
}

const printLine = (line: string): void => void process.stderr.write(`${line}\n`)

/** @returns the exit code */
async function runCommand(
  words: KeysArguments,
  { database, vault, targets }: { database: DataSource; vault: Vault; targets: readonly ResealTarget[] },
  signal: AbortSignal,
): Promise<number> {
  switch (words.do) {
    case 'status':
      console.log(keyStatusText(await readKeyUsage(database, vault)))
      return 0
    case 'verify': {
      await verifyKeys(database, vault)
      const verified = []
      for (const target of targets) verified.push(await verify(database, vault, target))
      console.log(verificationText(verified))
      return countFailures(verified) === 0 ? 0 : 1
    }
    case 'rotate': {
      const { newOrganisationKeys } = words
      const rotated = await rotateKeys({ database, vault, targets, say: printLine, signal, newOrganisationKeys })
      console.log(
        rotated === undefined
          ? 'Another rotation is running.'
          : [
              rotated.oldKeysKeptBecause === undefined
                ? 'Everything is sealed by the present keys; those of before are not needed any more.'
                : `The old keys are still needed: ${rotated.oldKeysKeptBecause}.`,
              ...(rotated.unreadable === 0
                ? []
                : [`${rotated.unreadable} values cannot be opened; they were left unchanged.`]),
            ].join('\n'),
      )
      return rotated !== undefined && rotated.oldKeysKeptBecause === undefined && rotated.unreadable === 0 ? 0 : 1
    }
    case 'erase-organisation':
      await eraseOrganisation(database, vault, words.slug)
      console.log(`The key of ${words.slug} is destroyed.`)
      return 0
  }
}

async function main(): Promise<void> {
  const words = parseKeysArguments(process.argv.slice(2))
  const settings = readSettings(KeysSettings, process.env)
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Error('stopped; run it again to go on')))
  const closing: (() => Promise<unknown>)[] = []
  try {
    const keys = await loadMasterKeys(settings, printLine)
    if (keys.length === 0) throw new UnusableSettings(['SHOUHOU_KEY: must be given, or SHOUHOU_KEYS'])
    const database = await openDatabase({
      url: await recordDatabaseUrl(settings, closing, printLine),
      pool: 4,
      migrations: ALL_MIGRATIONS,
    })
    closing.push(() => database.destroy())
    await bringUpToDate(database, { prefix: settings.DATABASE_ROLES, report: printLine })
    const blobs = await openEvidenceBlobs(settings, join(resolve(settings.DATA_FOLDER), 'evidence'))
    const targets = [...columnTargets, buyerTarget, evidenceTarget(sealedPiecesIn(blobs))]
    process.exitCode = await runCommand(words, { database, vault: openVault(keys), targets }, stopping.signal)
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exitCode = 1
})
