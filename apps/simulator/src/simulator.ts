import { randomBytes } from 'node:crypto'
import { Arrivals } from './world/arrivals'
import { CallLog } from './http/call-log'
import { SimulatedClock } from './clock'
import { answerControl } from './http/control'
import { Faults } from './faults/faults'
import type { Answer, Call, HttpService } from './http/http-service'
import { serve } from './http/http-service'
import type { SimulatedMarketplace, StoreAccess } from './marketplace'
import { MARKETPLACES } from './marketplaces'
import { DAY } from './world/platform-rules'
import { Chance } from './random'
import type { Accesses, Opened, RunningSimulator, SimulatorOptions } from './running'
import type { SavedState } from './state-file'
import { readState, writeState } from './state-file'
import { Tokens } from './http/tokens'
import type { Shop } from './world/shops'
import type { Task } from './world/task'
import { tradesOf } from './world/trade'
import { World } from './world/world'

export type { RunningSimulator, SimulatorOptions } from './running'

/** A crash loses at most this much of the simulated world. */
const SAVE_EVERY_MS = 5000
/** Shops of each marketplace, unless the options say otherwise. */
const SHOPS_EACH = 2

/** Starts all marketplaces and the control API; `stop` ends all of it. Throws when a port is taken or the state file belongs to another seed. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const seed = String(options.seed)
  const chance = new Chance(seed)
  const saved = options.stateFile === undefined ? undefined : await readState(options.stateFile, seed)
  // Secrets derived from a seed are known to every reader of this code, so they are random. An earlier state file has none: it gets one now.
  const secret = saved?.secret ?? randomBytes(32).toString('base64url')
  const secrets = new Chance(secret)
  const historyMs = saved === undefined ? (options.history?.days ?? 0) * DAY : 0
  const clock: SimulatedClock<Task> = new SimulatedClock<Task>({
    run: (task) => world.run(task),
    startAt: (options.startAt ?? Date.now()) - historyMs,
    standing: options.standingClock ?? false,
  })
  const lineUp: readonly SimulatedMarketplace[] = options.marketplaces ?? MARKETPLACES
  const countOf = (id: string): number => options.shops?.[id] ?? SHOPS_EACH
  const shops = lineUp.flatMap((marketplace) =>
    shopsOf(marketplace, chance, countOf(marketplace.id) + (options.furtherShops ?? 0)),
  )
  const world = new World(shops, clock, chance, tradesOf(lineUp.map(({ trade }) => trade)))
  const faults = new Faults(chance)
  const calls = new CallLog()
  const arrivals = new Arrivals(world)
  const markets = lineUp.map((marketplace) => {
    const { id, title } = marketplace
    const app = marketplace.app(chance, secrets)
    const own = shops.filter((shop) => shop.marketplace === id)
    const tokens = new Tokens(
      secrets,
      id,
      marketplace.tokens,
      own.map((shop) => shop.id),
      own.slice(0, countOf(id)).map((shop) => shop.id),
    )
    const market = marketplace.open({ app, world, faults, calls, chance, tokens, shops: own }, options)
    return { id, title, app, own, tokens, market }
  })
  const marketOf = (marketplace: string) => markets.find(({ id }) => id === marketplace)?.market
  const services: HttpService[] = []

  world.onAnnouncement = (announcement) => {
    const { marketplace, id: shopId } = announcement.shop
    const one = markets.find(({ id }) => id === marketplace)
    if (one?.tokens.isAuthorised(shopId) === true) one.market.publish(announcement)
  }
  world.onLateCall = (call) => marketOf(call.marketplace)?.runLate(call)
  world.people.backOfficeShare = options.pace?.backOfficeShare ?? world.people.backOfficeShare
  world.people.hurry = options.pace?.hurry ?? world.people.hurry
  faults.set({ ...options.faults })
  if (saved === undefined) simulateHistory(options.history?.cases ?? 0, historyMs)
  else resume(saved)

  const open = async (
    port: number | undefined,
    respond: (call: Call) => Promise<Answer> | Answer,
  ): Promise<HttpService> => {
    const service = await serve(options.host ?? '127.0.0.1', port ?? 0, respond, options.publicHost)
    services.push(service)
    return service
  }
  try {
    const opened: Opened[] = []
    for (const { id, title, app, own, tokens, market } of markets) {
      const { server, url } = await open(options.ports?.[id], (call) => market.answer(call))
      market.attach?.(server)
      const stores = own.slice(0, countOf(id)).map((shop) => accessOf(tokens, shop))
      const endpoints = market.endpointsAt(url, pageUrlOf(url, options.pageHost))
      const service = app.service === undefined ? {} : { service: app.service }
      const registration = { marketplace: id, appKey: app.key, appSecret: app.secret, ...service, endpoints, stores }
      opened.push({ id, title, market, registration })
    }
    const accesses = Object.fromEntries(
      opened.map(({ id, market, registration }) => [id, market.access(registration)]),
    ) as unknown as Accesses
    const controlled = {
      ...accesses,
      opened,
      clock,
      world,
      faults,
      calls,
      arrivals,
      expireTokens(inMs = 0): void {
        for (const { tokens } of markets) tokens.expireIn(inMs)
      },
    }
    const isOpen = options.controlOpen === true
    const allowedHosts = isOpen
      ? { names: options.publicHost === undefined ? [] : [options.publicHost], anyAddress: true }
      : {}
    const controlService = await open(options.ports?.['control'], (call) =>
      answerControl(controlled, isOpen ? { ...call, loopback: true } : call, allowedHosts),
    )
    arrivals.setPace(options.pace?.applicationsPerMinute ?? 0)
    let saving: Promise<void> = Promise.resolve()
    const save = (): Promise<void> => {
      const path = options.stateFile
      if (path !== undefined) saving = saving.catch(() => undefined).then(() => writeState(path, currentState()))
      return saving
    }
    // A state that could not be written now is written at the next turn; the last one, in `stop`, throws.
    // A secret is saved before it is published, so that a restart knows it.
    if (saved?.secret === undefined) await save()
    const saver = setInterval(() => void save().catch(() => undefined), SAVE_EVERY_MS)
    saver.unref()
    const stop = async (): Promise<void> => {
      clearInterval(saver)
      await shutDown()
      await save()
    }
    return { ...controlled, control: { url: controlService.url }, save, stop }
  } catch (error) {
    await shutDown()
    throw error
  }

  async function shutDown(): Promise<void> {
    arrivals.stop()
    clock.stop()
    for (const { market } of markets) market.stop()
    await Promise.all(services.map((service) => service.close()))
  }

  function simulateHistory(cases: number, ms: number): void {
    for (let i = 0; i < cases; i++) {
      world.apply()
      clock.advance(ms / cases)
    }
  }

  function currentState(): SavedState {
    return {
      version: 1,
      seed,
      secret,
      clock: clock.snapshot(),
      world: world.snapshot(),
      tokens: Object.fromEntries(markets.map(({ id, tokens }) => [id, tokens.snapshot()])),
      ...Object.assign({}, ...markets.map(({ market }) => market.snapshot())),
    }
  }

  function resume(state: SavedState): void {
    for (const { id, tokens } of markets) tokens.restore(state.tokens[id] ?? {})
    world.restore(state.world)
    for (const { market } of markets) market.restore(state)
    clock.restore(state.clock)
    clock.settle()
  }
}

const pageUrlOf = (url: string, host: string | undefined): string =>
  host === undefined ? url : `http://${host}:${new URL(url).port}`

/** The shops of a marketplace: the same ids and names for the same seed, today and after a restart. */
export const shopsOf = ({ id, shop }: SimulatedMarketplace, chance: Chance, count: number): Shop[] =>
  Array.from({ length: count }, (_, index) => ({ marketplace: id, ...shop(chance.draw('shop', id, index), index) }))

function accessOf(tokens: Tokens, shop: Shop): StoreAccess {
  const { accessToken, refreshToken } = tokens.current(shop.id)
  return {
    shop: shop.id,
    name: shop.name,
    accessToken,
    refreshToken,
    authorizationCode: tokens.codeOf(shop.id),
    returnAddressId: shop.returnAddressId,
  }
}
