import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { groupByKey } from '../../kafka/kafka-deployment'
import { ROOT } from '../../kafka/installation'
import { waitUntil } from '../../processes/wait-until'
import type { ComparedCase } from '../../support/queue-agreement'

interface Kept {
  readonly topic: string
  readonly id: string
  readonly type: string
  readonly key: string
  readonly aside?: true
  readonly data: ComparedCase & { readonly version: number }
}

/** An outside consumer as a child process, which a test can kill and restart, and what it has received so far. */
export interface Listener {
  start(diesAfterBatches?: number): void
  kill(): Promise<void>
  /** Resolves when it has killed itself between its work and its commit. */
  untilItDies(): Promise<void>
  /** Ids of received events by case, each id once, in order of arrival. */
  received(): Map<string, string[]>
  /** The newest received state of each case. */
  cases(): Map<string, Kept['data']>
  /** Number of records that it could not read. */
  aside(): number
}

export function listenerOn(brokers: readonly string[], prefix: string, file: string): Listener {
  let child: ChildProcess | undefined
  const ended = (): boolean => child === undefined || child.exitCode !== null || child.signalCode !== null
  const known: Kept[] = []
  let at = 0
  /** Complete lines that were written since the last call. */
  const lines = (): readonly Kept[] => {
    if (!existsSync(file)) return known
    const fresh = bytesFrom(file, at)
    const whole = fresh.subarray(0, fresh.lastIndexOf(10) + 1)
    at += whole.length
    for (const line of whole.toString('utf8').split('\n')) if (line !== '') known.push(JSON.parse(line) as Kept)
    return known
  }
  const of = (topic: string): Kept[] =>
    lines().filter((line) => line.aside === undefined && line.topic === `${prefix}${topic}`)
  const environment = {
    BROKERS: brokers.join(','),
    TOPICS: `${prefix}case-events,${prefix}case-snapshots`,
    GROUP: `${prefix}outside`,
    FILE: file,
  }
  return {
    start(diesAfterBatches = 0) {
      const env = {
        PATH: process.env['PATH'],
        KAFKAJS_NO_PARTITIONER_WARNING: '1',
        ...environment,
        DIES_AFTER: String(diesAfterBatches),
      }
      child = spawn(process.execPath, [join(ROOT, 'test/kafka/outside-consumer.mjs')], {
        cwd: ROOT,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    },
    async kill() {
      child?.kill('SIGKILL')
      await waitUntil('the listener is gone', ended)
    },
    untilItDies: () => waitUntil('the listener has died over its work', ended, 60_000),
    received: () => groupByKey(of('case-events').map(({ key, id }) => [key, id])),
    cases() {
      const newest = new Map<string, Kept['data']>()
      for (const { key, data } of of('case-snapshots'))
        if ((newest.get(key)?.version ?? 0) < data.version) newest.set(key, data)
      return newest
    },
    aside: () => lines().filter(({ aside }) => aside === true).length,
  }
}

/** Reads only what was added, because the file is read fifty times a second. */
function bytesFrom(file: string, position: number): Buffer {
  const opened = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(opened).size - position))
    return bytes.subarray(0, readSync(opened, bytes, 0, bytes.length, position))
  } finally {
    closeSync(opened)
  }
}
