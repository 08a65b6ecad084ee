import type { RealProcess } from '../../processes/real-process'
import { freePort, isReadyAt, startProcess } from '../../processes/real-process'
import { MASTER_KEY } from '../bench-worker'

/** Starts `count` worker processes as in production; resolves when all are ready. */
export async function startWorkers(count: number, url: string, clock: string): Promise<RealProcess[]> {
  const running = await Promise.all(Array.from({ length: count }, () => startWorker(url, clock)))
  await Promise.all(running.map((worker) => worker.startedIn))
  return running
}

async function startWorker(url: string, clock: string): Promise<RealProcess> {
  const port = await freePort()
  const env = {
    DATABASE_URL: url,
    SHOUHOU_KEY: MASTER_KEY.toString('base64'),
    SHOUHOU_CLOCK: clock,
    HEALTH_PORT: String(port),
  }
  return startProcess('worker', env, () => isReadyAt(port))
}
