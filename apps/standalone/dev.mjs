/**
 * `npm run dev`: everything in one process that restarts whenever a source of the server changes, and the page with hot
 * reload. PostgreSQL keeps running over restarts. Further words go to `nest start`, e.g. `npm run dev -- --debug`.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const say = (line) => process.stderr.write(`${line}\n`)
const stopped = new AbortController()
const children = new Set()
let server

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))

try {
  await prepare({ web: false, say })
  const databaseUrl = process.env.DATABASE_URL || (await embeddedDatabase())
  const port = process.env.PORT || '8080'
  run(
    'node_modules/@nestjs/cli/bin/nest.js',
    ['start', 'standalone', '--watch', '--no-shell', ...process.argv.slice(2)],
    root,
    {
      DATABASE_URL: databaseUrl,
    },
  )
  run('node_modules/vite/bin/vite.js', ['--host', '127.0.0.1'], join(root, 'apps/console/web'), {
    SHOUHOU_API: `http://127.0.0.1:${port}`,
  })
} catch (error) {
  say(error.message)
  await stop(1)
}

async function embeddedDatabase() {
  const compiled = createRequire(join(root, 'dist/apps/standalone/src/main.js'))
  const { prepareDataFolder } = compiled('./data-folder.js')
  const { startEmbeddedPostgres } = compiled('./postgres/index.js')
  const folder = resolve(root, process.env.DATA_FOLDER || '.data')
  prepareDataFolder(folder)
  server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), say })
  return server.url
}

/** One of the two that are watched: when it ends, everything does. */
function run(program, words, cwd, env) {
  if (stopped.signal.aborted) return
  // A group of its own, or Ctrl-C would reach it twice: from the terminal and from here.
  const child = spawn(process.execPath, [join(root, program), ...words], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  children.add(child)
  child.once('exit', (code) => {
    children.delete(child)
    void stop(code ?? 1)
  })
}

/** In the order in which they need each other: the database last. */
async function stop(code) {
  if (stopped.signal.aborted) return
  stopped.abort()
  await Promise.all(
    [...children].map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve)
          child.kill('SIGTERM')
        }),
    ),
  )
  await server?.stop()
  process.exit(code)
}
