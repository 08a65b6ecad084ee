import { randomBytes } from 'node:crypto'
import { Arrivals } from './arrivals'
import { CallLog } from './call-log'
import { SimulatedClock } from './clock'
import { control } from './control'
import { unfetchedEvidence } from './douyin/evidence-fetching'
import { DouyinGateway } from './douyin/server'
import { DouyinPushes, defaultPushOptions } from './douyin/pushes'
import { Faults } from './faults'
import type { Answer, Call, HttpService } from './http-service'
import { serve } from './http-service'
import { PinduoduoMessages } from './pinduoduo/pushes'
import { PinduoduoRouter } from './pinduoduo/server'
import { DAY, HOUR } from './platform-rules'
import { Chance } from './random'
import type { RunningSimulator, ShopAccess, SimulatorOptions } from './running'
import type { KeptState } from './state-file'
import { readState, writeState } from './state-file'
import { Tokens } from './tokens'
import type { Shop } from './world/shops'
import { demoShops, douyinApp, pinduoduoApp } from './world/shops'
import type { Task } from './world/task'
import { World } from './world/world'

export type { RunningSimulator, SimulatorOptions } from './running'

const SAVE_EVERY_MS = 5000

/** Starts both marketplaces and the control API; `stop` ends all of it. Throws when a port is taken or the state file is another's. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const seed = String(options.seed)
  const chance = new Chance(seed)
  const kept = options.stateFile === undefined ? undefined : await readState(options.stateFile, seed)
  // Secrets that follow from a seed are known to whoever reads this. Those of an earlier state file did; they are replaced.
  const secret = kept?.secret ?? randomBytes(32).toString('base64url')
  const secrets = new Chance(secret)
  const historyMs = kept === undefined ? (options.history?.days ?? 0) * DAY : 0
  const clock: SimulatedClock<Task> = new SimulatedClock<Task>({
    run: (task) => world.run(task),
    startAt: (options.startAt ?? Date.now()) - historyMs,
    standing: options.standingClock ?? false,
  })
  const shops = demoShops(chance, options.shops?.pinduoduo ?? 2, options.shops?.douyin ?? 2)
  const malls = shops.filter((shop) => shop.marketplace === 'pinduoduo')
  const stores = shops.filter((shop) => shop.marketplace === 'douyin')
  const apps = { pinduoduo: pinduoduoApp(chance, secrets), douyin: douyinApp(chance, secrets) }
  const ids = (list: readonly Shop[]): string[] => list.map((shop) => shop.id)
  const tokens = {
    pinduoduo: new Tokens(secrets, 'pinduoduo', { lifeMs: 365 * DAY }, ids(malls)),
    douyin: new Tokens(secrets, 'douyin', { lifeMs: 7 * DAY, renewableForMs: HOUR }, ids(stores)),
  }
  const world = new World(shops, clock, chance)
  const faults = new Faults(chance)
  const calls = new CallLog()
  const arrivals = new Arrivals(world)
  const messages = new PinduoduoMessages(apps.pinduoduo, world, faults, chance, {
    redeliverMs: options.redeliverMs ?? 3000,
    deadAfterMs: 180_000,
  })
  const pushUrl = options.pushUrl?.replace('{app_key}', apps.douyin.key) ?? kept?.pushUrl ?? undefined
  const pushes = new DouyinPushes(apps.douyin, faults, { ...defaultPushOptions, ...options.push }, pushUrl)
  const services: HttpService[] = []

  world.onAnnouncement = (announcement) =>
    (announcement.shop.marketplace === 'pinduoduo' ? messages : pushes).publish(announcement)
  const router = new PinduoduoRouter({ app: apps.pinduoduo, world, faults, calls, tokens: tokens.pinduoduo, messages })
  const gateway = new DouyinGateway({ app: apps.douyin, world, faults, calls, tokens: tokens.douyin })
  world.onLateCall = (call) => (call.marketplace === 'pinduoduo' ? router : gateway).runLate(call)
  world.people.backOfficeShare = options.pace?.backOfficeShare ?? world.people.backOfficeShare
  world.people.hurry = options.pace?.hurry ?? world.people.hurry
  faults.set({ ...options.faults })
  if (kept === undefined) liveThrough(options.history?.cases ?? 0, historyMs)
  else resume(kept)

  const open = async (
    port: number | undefined,
    respond: (call: Call) => Promise<Answer> | Answer,
  ): Promise<HttpService> => {
    const service = await serve(options.host ?? '127.0.0.1', port ?? 0, respond, options.publicHost)
    services.push(service)
    return service
  }
  try {
    const pinduoduo = await open(options.pinduoduoPort, (call) => router.answer(call))
    messages.attach(pinduoduo.server)
    const douyin = await open(options.douyinPort, async (call) =>
      gateway.answer(call, options.fetchesEvidence === true ? await unfetchedEvidence(call, calls) : undefined),
    )
    const controlled = {
      pinduoduo: {
        apiUrl: `${pinduoduo.url}/api/router`,
        messageUrl: pinduoduo.url.replace('http:', 'ws:'),
        clientId: apps.pinduoduo.key,
        clientSecret: apps.pinduoduo.secret,
        shops: malls.map((shop) => ({ mallId: shop.id, ...accessOf(tokens.pinduoduo, shop) })),
        messages,
      },
      douyin: {
        apiUrl: douyin.url,
        appKey: apps.douyin.key,
        appSecret: apps.douyin.secret,
        shops: stores.map((shop) => ({ shopId: shop.id, ...accessOf(tokens.douyin, shop) })),
        pushes,
        setPushUrl: (url: string): Promise<void> => pushes.setUrl(url),
      },
      clock,
      world,
      faults,
      calls,
      arrivals,
      expireTokens(inMs = 0): void {
        tokens.pinduoduo.expireIn(inMs)
        tokens.douyin.expireIn(inMs)
      },
    }
    const opened = options.controlOpen === true
    const door = opened ? { names: options.publicHost === undefined ? [] : [options.publicHost], anyAddress: true } : {}
    const controlService = await open(options.controlPort, (call) =>
      control(controlled, opened ? { ...call, loopback: true } : call, door),
    )
    arrivals.setPace(options.pace?.applicationsPerMinute ?? 0)
    let saving: Promise<void> = Promise.resolve()
    const save = (): Promise<void> => {
      const path = options.stateFile
      if (path !== undefined) saving = saving.catch(() => undefined).then(() => writeState(path, keep()))
      return saving
    }
    // A state that could not be written now is written at the next turn; the last one, in `stop`, throws.
    // Before anybody is told a secret, it is one that a restart knows.
    if (kept?.secret === undefined) await save()
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
    messages.stop()
    pushes.stop()
    await Promise.all(services.map((service) => service.close()))
  }

  function liveThrough(cases: number, ms: number): void {
    for (let i = 0; i < cases; i++) {
      world.apply()
      clock.advance(ms / cases)
    }
  }

  function keep(): KeptState {
    return {
      version: 1,
      seed,
      secret,
      clock: clock.snapshot(),
      world: world.snapshot(),
      tokens: { pinduoduo: tokens.pinduoduo.snapshot(), douyin: tokens.douyin.snapshot() },
      messages: messages.snapshot(),
      pushes: pushes.snapshot(),
      pushUrl: pushes.url ?? null,
    }
  }

  function resume(state: KeptState): void {
    tokens.pinduoduo.restore(state.tokens.pinduoduo)
    tokens.douyin.restore(state.tokens.douyin)
    world.restore(state.world)
    messages.restore(state.messages)
    pushes.restore(state.pushes)
    clock.restore(state.clock)
    clock.settle()
  }
}

function accessOf(tokens: Tokens, shop: Shop): ShopAccess {
  const { accessToken, refreshToken } = tokens.current(shop.id)
  return {
    name: shop.name,
    accessToken,
    refreshToken,
    authorizationCode: tokens.codeOf(shop.id),
    returnAddressId: shop.returnAddressId,
  }
}
