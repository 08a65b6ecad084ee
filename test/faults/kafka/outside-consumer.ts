import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { groupByKey } from '../../kafka/kafka-deployment'
import { ROOT } from '../../kafka/installation'
import { waitUntil } from '../../processes/wait-until'
import type { ComparedCase } from '../../support/queue-agreement'

interface ReceivedRecord {
  readonly topic: string
  readonly id: string
  readonly type: string
  readonly key: string
  readonly unreadable?: true
  readonly data: ComparedCase & { readonly version: number }
}

/** An outside consumer as a child process, which a test can kill and restart, and what it has received so far. */
export interface OutsideConsumer {
  start(diesAfterBatches?: number): void
  kill(): Promise<void>
  /** Resolves when it has killed itself between its work and its commit. */
  untilItDies(): Promise<void>
  /** Ids of received events by case, each id once, in order of arrival. */
  received(): Map<string, string[]>
  /** The newest received state of each case. */
  cases(): Map<string, ReceivedRecord['data']>
  /** Number of records that it could not read. */
  unreadable(): number
}

export function outsideConsumer(brokers: readonly string[], prefix: string, file: string): OutsideConsumer {
  let child: ChildProcess | undefined
  const hasEnded = (): boolean => child === undefined || child.exitCode !== null || child.signalCode !== null
  const records: ReceivedRecord[] = []
  let readBytes = 0
  /** Complete lines that were written since the last call. */
  const readNewRecords = (): readonly ReceivedRecord[] => {
    if (!existsSync(file)) return records
    const newBytes = readFrom(file, readBytes)
    const completeLines = newBytes.subarray(0, newBytes.lastIndexOf(10) + 1)
    readBytes += completeLines.length
    for (const line of completeLines.toString('utf8').split('\n'))
      if (line !== '') records.push(JSON.parse(line) as ReceivedRecord)
    return records
  }
  const recordsOf = (topic: string): ReceivedRecord[] =>
    readNewRecords().filter((line) => line.unreadable === undefined && line.topic === `${prefix}${topic}`)
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
      await waitUntil('the consumer is gone', hasEnded)
    },
    untilItDies: () => waitUntil('the consumer has died over its work', hasEnded, 60_000),
    received: () => groupByKey(recordsOf('case-events').map(({ key, id }) => [key, id])),
    cases() {
      const newest = new Map<string, ReceivedRecord['data']>()
      for (const { key, data } of recordsOf('case-snapshots'))
        if ((newest.get(key)?.version ?? 0) < data.version) newest.set(key, data)
      return newest
    },
    unreadable: () => readNewRecords().filter(({ unreadable }) => unreadable === true).length,
  }
}

/** Reads only what was added, because the file is read fifty times a second. */
function readFrom(file: string, position: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - position))
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, position))
  } finally {
    closeSync(descriptor)
  }
}
