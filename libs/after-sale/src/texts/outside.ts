import type { RuleId } from '../policies/condition'
import type { Term } from '../vocabulary'

/** Rules that have no place in a gateway, each with the reason. What has a query, a metric or a deadline is not here. */
export const OUTSIDE: Readonly<Partial<Record<RuleId, Term>>> = {
  R102: {
    zh: '引导评价在订单之外进行（卡片、电话、短信），网关不联系买家索评，也不记录好评返现',
    en: 'asking buyers for ratings happens on cards and telephones; the gateway does not do it and must not pay for it',
  },
  R103: {
    zh: '买家向官方投诉的过程在买家与平台之间，商家接口看不到；平台介入后才成为可见的纠纷',
    en: 'what a buyer tells the platform is between the two; no call shows it until the platform steps in, and then it is a dispute',
  },
  R105: {
    zh: '投诉页在买家端，商家接口没有投诉状态；结果以平台介入显示',
    en: 'the complaint page is the buyer’s; merchants are told no state of it, only an intervention',
  },
  R106: {
    zh: '公众号投诉入口在买家端，与商家的售后处理无关',
    en: 'a way for buyers to reach the platform, outside a merchant’s handling of cases',
  },
  R108: {
    zh: '复购率需要店铺的全部订单，网关只接收售后单',
    en: 'a repurchase rate needs all orders of a store; the gateway is given after-sale cases only',
  },
}
