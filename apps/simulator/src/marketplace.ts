import type { Server } from 'node:http'
import type { CallLog } from './http/call-log'
import type { Faults } from './faults/faults'
import type { Answer, Call } from './http/http-service'
import type { Chance, Draw } from './random'
import type { TokenRules, Tokens } from './http/tokens'
import type { Announcement } from './world/announcement'
import type { App, Shop } from './world/shops'
import type { LateCall } from './world/task'
import type { Trade } from './world/trade'
import type { World } from './world/world'

/** What a marketplace is given when the simulator starts. */
export interface MarketplaceParts {
  readonly app: App
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly chance: Chance
  readonly tokens: Tokens
  /** Whose owners can authorise the app. */
  readonly shops: readonly Shop[]
}

/** A store as its owner holds it after having authorised the app. */
export interface StoreAccess {
  readonly shop: string
  readonly name: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Can be exchanged for tokens, as after the owner's click on the authorise page. */
  readonly authorizationCode: string
  readonly returnAddressId: string
}

/** The credentials of a merchant at one marketplace: the input of `npm run register`. */
export interface Registration {
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  /** Its number in the service market, where it has one. */
  readonly service?: string
  /** Base addresses by the names of the connector's own. */
  readonly endpoints: Readonly<Record<string, string>>
  readonly stores: readonly StoreAccess[]
}

/** A marketplace that runs. `Access` is what tests and the control API get of it. */
export interface OpenMarketplace<Access> {
  answer(call: Call): Answer | Promise<Answer>
  /** Takes over upgrades of the HTTP server, for marketplaces with a standing connection. */
  attach?(server: Server): void
  publish(announcement: Announcement): void
  /** A call that was cut off and is carried out only now. */
  runLate(call: LateCall): void
  /** @param pageUrl the same as a browser reaches it */
  endpointsAt(url: string, pageUrl: string): Registration['endpoints']
  access(registration: Registration): Access
  /** For `GET /control/status`: addresses, backlog, counts; no secrets. */
  status(registration: Registration): Readonly<Record<string, unknown>>
  /** For people who start the simulator by hand. */
  introduction(registration: Registration): readonly (readonly [name: string, value: string])[]
  /** Where it pushes to over HTTP, accepted as the platform does. Absent: it does not. */
  setPushUrl?(url: string): Promise<void>
  /** The callback address of the app: where the authorisation page sends the browser. Absent: there is no such page. */
  setReturnUrl?(url: string): void
  /** Control calls that only this marketplace has, by path, e.g. `push-url`. */
  readonly controls?: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => Promise<unknown>>>
  /** What a state file keeps, under names that no other marketplace uses. */
  snapshot(): Readonly<Record<string, unknown>>
  restore(snapshot: Readonly<Record<string, unknown>>): void
  stop(): void
}

/** A case on which an action can be carried out, and what the action must say about it. */
export interface StagedCase {
  readonly number: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** One simulated marketplace: a folder of `src`, and a line in `marketplaces.ts`. */
export interface SimulatedMarketplace<Access = unknown, Options extends object = object> {
  /** As the connector calls it. */
  readonly id: string
  /** As people call it. */
  readonly title: string
  readonly trade: Trade
  readonly tokens: TokenRules
  /** The app's key follows from the seed, its secret from what only this simulator knows. */
  app(chance: Chance, secrets: Chance): App
  shop(draw: Draw, index: number): Omit<Shop, 'marketplace'>
  open(parts: MarketplaceParts, options: Options): OpenMarketplace<Access>
  /** A new case at this shop on which the merchant's action (by its name in the model) can be carried out. */
  stage(world: World, shopId: string, action: string): StagedCase
}
