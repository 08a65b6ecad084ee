import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeepEvidence, KeepEvidenceHandler } from '#case-handling'
import { defaultStoreTerms } from '#after-sale'
import type { FreshDatabase } from '../postgres/database'
import { requestConfirmed } from '../support/request-confirmed'
import { freshDatabase } from '../postgres/database'
import { openConsole, type OperatorsConsole } from '../support/in-process-console'
import { openDeployment, type Deployment } from '../support/in-process-deployment'
import { png } from '../support/pictures'

const PNG = png('x'.repeat(2_000))
/** Milliseconds between two pulls of a store, and by which our clock is ahead of the marketplaces'. */
const PULL_EVERY_MS = 1_000
const CLOCK_SKEW_MS = 0

/** Douyin takes evidence as URLs, and fetches them before it accepts a rejection. */
describe.each([
  ['with a gateway that serves evidence', true],
  ['without a gateway that serves evidence', false],
])('a rejection with evidence, %s', (_, hostsEvidence) => {
  let fresh: FreshDatabase
  let folder: string
  let deployment: Deployment
  let operatorsConsole: OperatorsConsole
  beforeAll(async () => {
    fresh = await freshDatabase()
    folder = await mkdtemp(join(tmpdir(), 'evidence-'))
    deployment = await openDeployment(
      fresh.url,
      { seed: 'evidence', pace: { applicationsPerMinute: 0 }, fetchesEvidence: true },
      PULL_EVERY_MS,
      CLOCK_SKEW_MS,
      hostsEvidence ? folder : undefined,
    )
    operatorsConsole = await openConsole(deployment, fresh.url)
  })
  afterAll(async () => {
    await operatorsConsole.close()
    await deployment.close()
    await fresh.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const caseIdOf = async (number: string): Promise<string> => {
    for (;;) {
      const [row] = await deployment.database.query<{ id: string }[]>(
        `SELECT id FROM stream WHERE state->>'caseNumber' = $1`,
        [number],
      )
      if (row !== undefined) return row.id
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
  /** An operator rejects a new case with a picture; `beforeSending` runs right before the request. Resolves with the outcome. */
  const rejectWithPicture = async (
    beforeSending = (): Promise<unknown> => Promise.resolve(),
  ): Promise<{ number: string; state: string; shown: unknown }> => {
    const shop = deployment.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    const { number } = deployment.simulator.world.apply({
      shopId: shop?.id ?? '',
      kind: 'refund-only-shipped',
      quiet: true,
    })
    const id = await caseIdOf(number)
    const { body } = await operatorsConsole.ask<{ revision: string }>('GET', `/api/cases/${id}`)
    const action = {
      name: 'reject',
      reasonCode: '101',
      reason: '商品无质量问题',
      explanation: '出库前检查完好',
      evidence: [{ hash: await keepPicture(id), kind: 'image' }],
    }
    const request = { action, judged: body.revision, facts: { chatExists: true } }
    const key = { 'idempotency-key': `0c0c0c0c-0000-4000-8000-${number.slice(-12)}` }
    await beforeSending()
    const requested = await requestConfirmed(
      (request_) => operatorsConsole.ask('POST', `/api/cases/${id}/actions`, request_, key),
      request,
    )
    if (requested.status !== 201) throw new Error(JSON.stringify(requested.body))
    interface Shown {
      readonly actions: { state: string }[]
    }
    const { actions } = await operatorsConsole.until<Shown>(`/api/cases/${id}`, (shown) =>
      ['confirmed', 'refused'].includes(shown.actions[0]?.state ?? ''),
    )
    return { number, state: actions[0]?.state ?? '', shown: actions[0] }
  }
  const keepPicture = async (caseId: string): Promise<string> => {
    // Without an evidence store nothing can be kept; a valid hash lets the request get as far as the check for a host.
    if (deployment.evidence === undefined) return 'e'.repeat(64)
    const [row] = await deployment.database.query<{ org: number }[]>('SELECT org FROM stream WHERE id = $1', [caseId])
    const keeping = new KeepEvidenceHandler(
      deployment.database,
      deployment.evidence,
      () => Promise.resolve(() => defaultStoreTerms),
      () => deployment.simulator.clock.now(),
    )
    const outcome = await keeping.execute(new KeepEvidence(row?.org ?? 0, 'lin', caseId, PNG, {}))
    if (outcome.type === 'refused') throw new Error(outcome.problem)
    return outcome.hash
  }

  it(
    hostsEvidence
      ? 'succeeds: the marketplace has fetched the picture from the gateway'
      : 'is refused with ours:evidence-not-hosted, and nothing was sent',
    async () => {
      const { number, state, shown } = await rejectWithPicture()
      const refusals = deployment.simulator.world.find(number)?.effects.refusals
      if (hostsEvidence) {
        expect([state, refusals]).toEqual(['confirmed', 1])
        expect(deployment.simulator.calls.fetched).toEqual([
          {
            url: expect.stringMatching(new RegExp(`^${deployment.gatewayUrl}/evidence/[\\w-]{80}\\.png$`)) as string,
            status: 200,
            type: 'image/png',
            bytes: PNG.length,
          },
        ])
        expect(deployment.simulator.calls.fetched[0]?.url).not.toContain(number)
      } else {
        expect([state, refusals, deployment.simulator.calls.fetched]).toEqual(['refused', 0, []])
        expect(JSON.stringify(shown)).toContain('ours:evidence-not-hosted')
        expect(deployment.simulator.calls.last(10)).toEqual([])
      }
    },
  )
  // Without a gateway that serves evidence nothing is sent, so there is no URL to answer 404.
  if (hostsEvidence)
    it('is refused by the marketplace when the URL answers 404', async () => {
      const { number, shown } = await rejectWithPicture(async () => rm(folder, { recursive: true, force: true }))
      expect(JSON.stringify(shown)).toContain('40004')
      expect([
        deployment.simulator.world.find(number)?.effects.refusals,
        deployment.simulator.calls.fetched.at(-1)?.status,
      ]).toEqual([0, 404])
    })
})
