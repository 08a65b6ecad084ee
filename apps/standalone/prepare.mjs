/**
 * Makes a fresh checkout ready to run: the packages, the compiled code, the console's page. Only what is missing or out of date.
 * Plain Node without packages, for it runs before there are any.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInstalled } from './installed.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const at = (...parts) => join(root, ...parts)
const oldestNode = [20, 19]

/**
 * @param {{ web?: boolean, say?: (line: string) => void }} [wanted] web: the console's page too (it is left out where there is none)
 * @throws Error whose message a newcomer understands
 */
export async function prepare({ web = true, say = (line) => process.stderr.write(`${line}\n`) } = {}) {
  checkNode()
  const leave = await enterAlone(say)
  try {
    await installPackages(say)
    await buildCode(say)
    if (web) await buildPage(say)
  } finally {
    leave()
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Error(
    `Shouhou needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org.`,
  )
}

async function installPackages(say) {
  const stamp = at('node_modules', '.shouhou-lock')
  const wanted = digest([at('package-lock.json')])
  if (isInstalled(root, read(stamp), wanted)) {
    if (read(stamp) !== wanted) writeFileSync(stamp, wanted)
    return
  }
  await timed(say, 'installing the packages (only this once, a minute or two)', () =>
    run(npm(), ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']),
  )
  writeFileSync(stamp, wanted)
}

async function buildCode(say) {
  const folders = ['apps', 'libs', 'test'].map((folder) => at(folder))
  const sources = folders
    .flatMap(filesOf)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !inPage(path))
  const stamp = at('dist', '.shouhou-build')
  const wanted = digest([...sources, at('.swcrc'), at('package.json')])
  // Of what was compiled, too: `nest build` and `npm run dev` write to `dist` as well.
  const state = () => `${wanted} ${digest(filesOf(at('dist')).filter((path) => path.endsWith('.js')))}`
  if (read(stamp) === state()) return
  await timed(say, 'building', () => run(npm(), ['run', 'build', '--silent']))
  const compiled = new Set(sources.map((path) => at('dist', relative(root, path)).replace(/\.ts$/, '.js')))
  for (const path of filesOf(at('dist'))) if (path.endsWith('.js') && !compiled.has(path)) rmSync(path)
  writeFileSync(stamp, state())
}

async function buildPage(say) {
  const page = at('apps', 'console', 'web')
  if (!existsSync(join(page, 'index.html'))) return
  const stamp = join(page, 'dist', '.shouhou-build')
  const wanted = digest([...filesOf(page), at('package-lock.json')])
  if (read(stamp) === wanted && existsSync(join(page, 'dist', 'index.html'))) return
  await timed(say, "building the console's page", () =>
    run(process.execPath, [at('node_modules', 'vite', 'bin', 'vite.js'), 'build'], page),
  )
  writeFileSync(stamp, wanted)
}

const inPage = (path) => relative(root, path).split(/[\\/]/).includes('web')

function filesOf(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name === 'node_modules' || (entry.name === 'dist' && folder !== root) ? [] : filesOf(path)
    return [path]
  })
}

/** Of the names and the contents: a checkout of another branch may give new contents old times. */
function digest(paths) {
  const hash = createHash('sha256')
  for (const path of [...paths].sort())
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0')
  return hash.digest('hex')
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

const npm = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm')

async function timed(say, what, work) {
  say(`${what} …`)
  const from = Date.now()
  await work()
  say(`  done in ${((Date.now() - from) / 1000).toFixed(1)} s`)
}

/** Quiet when it goes well; everything it said when it does not. */
function run(program, words, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: program.endsWith('.cmd') })
    const said = []
    child.stdout.on('data', (chunk) => said.push(chunk))
    child.stderr.on('data', (chunk) => said.push(chunk))
    child.once('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else
        reject(
          new Error(
            `${[program, ...words].join(' ')} ended with ${code ?? signal}:\n${Buffer.concat(said).toString().trim()}`,
          ),
        )
    })
  })
}

/** One preparation at a time in this checkout. The one of a process that died counts for nothing. */
async function enterAlone(say) {
  const lock = at('.cache', 'preparing')
  mkdirSync(at('.cache'), { recursive: true })
  for (let waiting = false; ;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(read(lock))
    if (holder > 0 && !alive(holder)) rmSync(lock, { force: true })
    else {
      if (!waiting) say(`waiting for process ${holder}, which prepares this checkout …`)
      waiting = true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function alive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
