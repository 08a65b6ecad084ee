import { Controller, Get, HttpException, Inject } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'

export const READY = Symbol('ready')

/** Is this process alive; can it do its work. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(@Inject(READY) private readonly ready: () => Promise<unknown>) {}

  @Get('healthz')
  alive(): { status: 'alive' } {
    return { status: 'alive' }
  }

  @Get('readyz')
  async isReady(): Promise<{ status: 'ready' }> {
    await this.ready().catch(() => {
      throw new HttpException('The database does not answer.', 503)
    })
    return { status: 'ready' }
  }
}
