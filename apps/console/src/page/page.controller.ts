import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE_FOLDER } from '../tokens'
import { sendWithNonce } from '../security/content-policy'
import { notFound, problemOf } from '../problems/problem.filter'
import { Public } from '../security/permission'

/** Other controllers answer these; an unknown one is not found rather than answered with the page. */
const API_PATH = /^\/(?:api|docs|openapi\.json|asyncapi\.json)(?:\/|$)/
/** A path begins with exactly one slash: `//host/x` and whole URLs are not ours. */
const LOCAL_PATH = /^\/(?!\/)/

/** The page: its files, and for every other address that is not a file's, the page itself (its deep links). */
@ApiExcludeController()
@Controller()
export class PageController {
  private readonly files: ReadonlySet<string>
  private readonly html: string

  constructor(@Inject(PAGE_FOLDER) folder: string | undefined) {
    const found =
      folder === undefined
        ? []
        : readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    this.files = new Set(
      found.map((entry) =>
        join(entry.parentPath, entry.name)
          .slice((folder ?? '').length + 1)
          .replaceAll('\\', '/'),
      ),
    )
    this.html = this.files.has('index.html') ? readFileSync(join(folder ?? '', 'index.html'), 'utf8') : ''
  }

  @Get(['/', '*'])
  @Public()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = request.url.split('?')[0] ?? '/'
    if (!LOCAL_PATH.test(path) || API_PATH.test(path)) throw notFound()
    const file = path.slice(1)
    if (this.files.has(file) && !file.startsWith('.') && file !== 'index.html') {
      const unchanging = file.startsWith('assets/')
      await reply
        .header('cache-control', unchanging ? 'public, max-age=31536000, immutable' : 'no-cache')
        .sendFile(file, { cacheControl: false })
      return
    }
    if (/\.[\w-]+$/.test(file) && file !== 'index.html') throw notFound()
    if (!this.files.has('index.html')) throw problemOf('page-not-built')
    await sendWithNonce(reply, this.html)
  }
}
