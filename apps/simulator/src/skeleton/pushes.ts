import type { Faults } from '../faults/faults'
import { writeJson } from '../http/wire-json'
import type { Announcement } from '../world/announcement'
import type { App } from '../world/shops'
import { caseFields } from './case-fields'
import { signatureOf } from './signature'

/** Pushes over HTTP, each one a list of one message. A push that is not acknowledged is not repeated: the list shows it. */
export class SkeletonPushes {
  readonly counted = { accepted: 0, refused: 0 }
  url: string | undefined
  private readonly delayed = new Set<NodeJS.Timeout>()

  constructor(
    private readonly app: App,
    private readonly faults: Faults,
  ) {}

  publish({ sequence, shop, record, notice }: Announcement): void {
    if (this.url === undefined) return
    const data = caseFields(record, this.faults.shownStatus(record.sequence, record.status))
    const body = writeJson([{ id: `push-${sequence}`, event: notice.type, shop_id: Number(shop.id), data }])
    for (const delayMs of this.faults.deliveryOf('skeleton', sequence).copies) {
      const timer = setTimeout(() => {
        this.delayed.delete(timer)
        void this.post(body)
      }, delayMs)
      this.delayed.add(timer)
    }
  }

  stop(): void {
    for (const timer of this.delayed) clearTimeout(timer)
  }

  private async post(body: string): Promise<void> {
    const headers = { 'content-type': 'application/json', 'skeleton-signature': signatureOf(body, this.app.secret) }
    try {
      const answer = await fetch(this.url ?? '', { method: 'POST', headers, body })
      this.counted[answer.ok ? 'accepted' : 'refused']++
    } catch {
      this.counted.refused++
    }
  }
}
