import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { OpenApi } from './contract'

/**
 * What `/openapi.json` answers. It follows from the code alone and costs a third of a second, so the first spec of a run asks,
 * and the others read what was answered.
 */
export async function apiDocument(console: NestFastifyApplication): Promise<OpenApi> {
  const folder = process.env['TEST_RUN_FOLDER']
  const kept = folder && join(folder, 'openapi.json')
  if (kept && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as OpenApi
  const answer = await console.inject({ url: '/openapi.json', headers: { host: 'localhost' } })
  if (answer.statusCode !== 200) throw new Error(`/openapi.json answers ${answer.statusCode}: ${answer.payload}`)
  if (kept) {
    // Renamed when it is whole: another worker may read it at any time.
    const written = `${kept}.${process.pid}`
    writeFileSync(written, answer.payload)
    renameSync(written, kept)
  }
  return answer.json<OpenApi>()
}
