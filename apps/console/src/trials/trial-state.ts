import type { Term } from '#after-sale'
import type { TrialEnd, TrialRow } from '#ledgers'
import { iso, isoOrNull } from '../core/instants'
import type { TrialState } from './trial.answer'

const FAILURE_TEXTS: Readonly<Record<TrialEnd, Term>> = {
  'broken-off': {
    zh: '运行中的控制台已停止，试算中断。可重新运行',
    en: 'the console that ran it is gone, and the trial with it; it can be run again',
  },
  stopped: { zh: '控制台关闭时试算被停止。可重新运行', en: 'it was stopped with its console; it can be run again' },
  trouble: { zh: '试算出错，详见日志', en: 'it failed; the log has the error' },
}

/** What every answer about a trial shows. `reason` is set for a failed trial only: it will have no report. */
export const trialStateOf = (trial: Omit<TrialRow, 'report'>): TrialState => ({
  id: String(trial.id),
  version: trial.version,
  from: iso(trial.from),
  to: iso(trial.to),
  state: trial.state,
  reason:
    trial.state === 'failed' ? { code: trial.reason ?? 'trouble', ...FAILURE_TEXTS[trial.reason ?? 'trouble'] } : null,
  startedAt: iso(trial.startedAt),
  finishedAt: isoOrNull(trial.finishedAt),
})
