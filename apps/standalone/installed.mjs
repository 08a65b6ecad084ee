/** Whether the packages that the lock file names are in `node_modules`, whole. Plain Node: it runs before there are any. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * npm writes `node_modules/.package-lock.json` when it has put everything in place, and lists there what it installed. An
 * installation that was interrupted, by npm or by hand, lacks that list or some of the packages on it.
 * @param {string} root
 * @param {string | undefined} stamp what the lock file's digest was when this program installed last
 * @param {string} wanted the lock file's digest now
 * @returns {boolean}
 */
export function isInstalled(root, stamp, wanted) {
  const list = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  // Without our stamp it may have been done by hand since the lock file last changed.
  if (stamp !== wanted && statSync(list).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs) return false
  const packages = packagesIn(list)
  return packages !== undefined && packages.every((path) => existsSync(join(root, path, 'package.json')))
}

/** Folders from the root; `undefined` where the list is cut off. */
function packagesIn(list) {
  try {
    return Object.keys(JSON.parse(readFileSync(list, 'utf8')).packages)
  } catch {
    return undefined
  }
}
