import { useEffect } from 'react'
import { api } from '../api/client'
import { useLiveState } from '../api/live'
import type { PresenceRequest } from '../api/schema'

const REPORT_INTERVAL_MS = 10_000
/** Who has typed nothing for so long only looks. */
const TYPING_LASTS_MS = 8_000
/** Who has touched nothing for so long is elsewhere, although the page is in sight. */
const AWAY_AFTER_MS = 5 * 60_000
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Reports that the reader has the case open while its page is in sight, so that colleagues see it. */
export function usePresenceReport(caseId: string): void {
  // After a lost connection it is reported at once: the process that is connected now may not know it.
  const isLive = useLiveState() === 'live'
  useEffect(() => {
    if (!isLive) return undefined
    const page = new ReportedPage(caseId)
    page.open()
    return () => page.close()
  }, [caseId, isLive])
}

class ReportedPage {
  private readonly view = crypto.randomUUID()
  private doing: PresenceRequest['doing'] = 'left'
  private lastSignAt = performance.now()
  private lastTypedAt = -Infinity
  private lastReportAt = -Infinity
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly caseId: string) {}

  open(): void {
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, this.onSign, { passive: true })
    document.addEventListener('input', this.onInput)
    document.addEventListener('visibilitychange', this.update)
    addEventListener('pagehide', this.leave)
    this.timer = setInterval(this.update, 1_000)
    this.update()
  }

  close(): void {
    for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, this.onSign)
    document.removeEventListener('input', this.onInput)
    document.removeEventListener('visibilitychange', this.update)
    removeEventListener('pagehide', this.leave)
    clearInterval(this.timer)
    this.leave()
  }

  private readonly onSign = (): void => {
    this.lastSignAt = performance.now()
  }

  private readonly onInput = (): void => {
    this.lastTypedAt = this.lastSignAt = performance.now()
    this.update()
  }

  private readonly leave = (): void => this.report('left')

  private readonly update = (): void => {
    const now = performance.now()
    if (document.hidden || now - this.lastSignAt > AWAY_AFTER_MS) return this.report('left')
    this.report(now - this.lastTypedAt < TYPING_LASTS_MS ? 'typing' : 'looking')
  }

  /** At once when it changes, else once an interval; a report that fails is made good by the next one. */
  private report(doing: PresenceRequest['doing']): void {
    const now = performance.now()
    const isDue = doing !== 'left' && now - this.lastReportAt >= REPORT_INTERVAL_MS
    if (doing === this.doing && !isDue) return
    this.doing = doing
    this.lastReportAt = now
    const body = { caseId: this.caseId, view: this.view, doing }
    // `keepalive`: it is sent although the page is being closed.
    void api.POST('/api/presence', { body, keepalive: true }).catch(() => undefined)
  }
}
