import type { Chance } from '../random'
import type { Marketplace } from './case'

export interface Shop {
  readonly marketplace: Marketplace
  readonly id: string
  readonly name: string
  /** Douyin's after-sale assistant with the warehouse strategy: on, off (:11002), or on without a match (:12001). */
  readonly assistant: 'on' | 'off' | 'no-match'
  readonly returnAddressId: string
}

export interface App {
  readonly key: string
  readonly secret: string
}

const pinduoduoNames = ['晨曦服饰旗舰店', '果满园生鲜专营店', '优品家居专营店', '小象童装店']
const douyinNames = ['云上数码官方店', '山野户外旗舰店', '知味食品专营店', '素白家纺店']

/** The demo shops: the same ids and names for the same seed, today and after a restart. */
export function demoShops(chance: Chance, pinduoduo: number, douyin: number): Shop[] {
  const shops: Shop[] = []
  for (let i = 0; i < pinduoduo; i++) {
    const draw = chance.draw('shop', 'pinduoduo', i)
    shops.push({
      marketplace: 'pinduoduo',
      id: `${draw.between(1, 8)}${draw.digits(8)}`,
      name: pinduoduoNames[i] ?? `拼多多演示店${i + 1}`,
      assistant: 'off',
      returnAddressId: `${draw.between(1, 9)}${draw.digits(9)}`,
    })
  }
  for (let i = 0; i < douyin; i++) {
    const draw = chance.draw('shop', 'douyin', i)
    shops.push({
      marketplace: 'douyin',
      id: `${draw.between(1, 8)}${draw.digits(7)}`,
      name: douyinNames[i] ?? `抖店演示店${i + 1}`,
      assistant: (['on', 'off', 'no-match'] as const)[i % 3] ?? 'off',
      returnAddressId: `${draw.between(1, 9)}${draw.digits(8)}`,
    })
  }
  return shops
}

/** The app's key follows from the seed, its secret from what only this simulator knows. */
export function pinduoduoApp(chance: Chance, secrets: Chance): App {
  return { key: chance.hex(32, 'pinduoduo', 'client id'), secret: secrets.hex(40, 'pinduoduo', 'client secret') }
}

export function douyinApp(chance: Chance, secrets: Chance): App {
  return {
    key: `7${chance.draw('app', 'douyin').digits(18)}`,
    secret: secrets.hex(36, 'douyin', 'app secret').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  }
}
