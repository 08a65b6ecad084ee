import type { RuleId, Term } from '#after-sale'

/**
 * Rules that are outside the scope of a gateway, each with the reason. Rules with a query, a metric or a deadline are
 * not listed.
 */
export const OUTSIDE: Readonly<Partial<Record<RuleId, Term>>> = {
  R023: {
    zh: '买家须在签收七天内因质量问题申请，由平台在买家端控制；到达网关的申请即为平台已接受的申请',
    en: 'that a buyer applies within seven days of delivery is enforced by the platform; what reaches the gateway was accepted there',
  },
  R024: {
    zh: '交易成功后的保障申请在买家端发起，商家接口不区分；到达网关时与其他售后单相同',
    en: 'claims after the trade is over are made on the buyer’s page; they reach the gateway as cases like any other, and no call tells the difference',
  },
  R025: {
    zh: '维权诉求的填写与锁定在买家端；已接入平台允许买家修改申请，修改作为同一售后单的新版本记录',
    en: 'the buyer’s claim form is the platform’s; connected marketplaces let the buyer change the application, and a change is a revision of the case',
  },
  R026: {
    zh: '不同诉求需填的资料由买家端表单决定，商家接口只给出结果',
    en: 'which information a claim asks for is decided by the buyer’s form; merchants only get the result',
  },
  R027: {
    zh: '可申请次数由平台在买家端限制，网关无法也不应拦截买家申请',
    en: 'how often a buyer may apply is enforced by the platform; a gateway neither can nor should',
  },
  R030: {
    zh: '黑猫、12315 等站外投诉不经平台，没有接口告知；商家收到后以备注记录在售后单上',
    en: 'complaints to public bodies bypass the platform and no call reports them; the merchant records one in the remark of the case',
  },
  R038: {
    zh: '买家在应用内联系官方客服的路径，商家侧不可见',
    en: 'the buyer’s way to the official service inside the app; not seen by merchants',
  },
  R039: {
    zh: '买家在订单详情页投诉，商家接口没有投诉事件；升级后以平台介入显示',
    en: 'no call reports complaints from the buyer’s order page; an escalated one shows as an intervention',
  },
  R040: {
    zh: '买家通过公众号联系平台客服的路径，商家侧不可见',
    en: 'the buyer’s way to the platform by its public account; not seen by merchants',
  },
  R041: {
    zh: '消费电子服务网等站外渠道由人工处理，没有接口告知网关',
    en: 'consumer service networks are handled by people elsewhere; no call reports them',
  },
  R102: {
    zh: '引导评价在订单之外进行（卡片、电话、短信），网关不联系买家索评，也不记录好评返现',
    en: 'asking buyers for ratings happens on cards and telephones; the gateway does not do it and must not pay for it',
  },
  R103: {
    zh: '买家向官方投诉的过程在买家与平台之间，商家接口看不到；平台介入后才成为可见的纠纷',
    en: 'a buyer’s complaint to the platform is between the two; no call shows it until the platform steps in, and then it is a dispute',
  },
  R105: {
    zh: '投诉页在买家端，商家接口没有投诉状态；结果以平台介入显示',
    en: 'the complaint page is the buyer’s; merchants see no state of it, only an intervention',
  },
  R106: {
    zh: '公众号投诉入口在买家端，与商家的售后处理无关',
    en: 'a way for buyers to reach the platform, outside a merchant’s handling of cases',
  },
  R107: {
    zh: '售前与售后客服的分工是店铺内部的人员安排；网关在登录上线前不区分人员，只记录谁做了操作',
    en: 'dividing staff into pre-sale and after-sale is up to the shop; until there is a log-in, the gateway does not distinguish people and records who did what',
  },
  R108: {
    zh: '复购率需要店铺的全部订单，网关只接收售后单',
    en: 'a repurchase rate needs all orders of a store; the gateway is given after-sale cases only',
  },
}
