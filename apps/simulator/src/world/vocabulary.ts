/** What is sold, who buys, and why things come back. All persons, numbers and addresses are made up. */
import type { CaseKind } from './case'

/** An article with its variants; each costs the same. */
export interface Goods {
  readonly name: string
  readonly specs: readonly string[]
  readonly priceFen: number
}

export const goods: readonly Goods[] = [
  { name: '加绒加厚连帽卫衣男秋冬宽松潮牌', specs: ['黑色 XL', '灰色 L', '藏青 2XL'], priceFen: 6990 },
  { name: '家用不锈钢保温杯大容量便携水杯', specs: ['500ml 银色', '750ml 深蓝'], priceFen: 3980 },
  { name: '儿童防滑软底运动鞋网面透气', specs: ['粉色 28码', '蓝色 30码', '白色 32码'], priceFen: 5900 },
  { name: '赣南脐橙新鲜当季水果整箱', specs: ['5斤装', '10斤装'], priceFen: 2980 },
  { name: '无线蓝牙耳机降噪入耳式长续航', specs: ['白色', '黑色'], priceFen: 12900 },
  { name: '纯棉四件套床上用品简约格子', specs: ['1.5m床', '1.8m床'], priceFen: 15900 },
  { name: '智能扫地机器人自动回充', specs: ['标准版', '旗舰版'], priceFen: 89900 },
  { name: '厨房不粘平底锅家用煎锅', specs: ['24cm', '28cm'], priceFen: 8900 },
  { name: '云南小粒咖啡豆中度烘焙', specs: ['250g', '500g×2'], priceFen: 4580 },
  { name: '真皮女士单肩包大容量通勤', specs: ['焦糖色', '黑色'], priceFen: 25900 },
  { name: '抽纸整箱家用原木面巾纸', specs: ['24包', '40包'], priceFen: 2490 },
  { name: '户外折叠露营椅便携靠背', specs: ['军绿', '卡其'], priceFen: 7900 },
  { name: '手机壳防摔透明硅胶软壳', specs: ['14 Pro', '15 Pro Max'], priceFen: 990 },
  { name: '人体工学办公椅升降护腰', specs: ['白框灰网', '黑框黑网'], priceFen: 45900 },
  { name: '宠物猫粮全价成猫冻干双拼', specs: ['1.5kg', '10kg'], priceFen: 11800 },
  { name: '智能手环心率睡眠监测', specs: ['曜石黑', '樱花粉'], priceFen: 19900 },
]

export const reasons: Readonly<Record<CaseKind, readonly string[]>> = {
  'refund-only-unshipped': ['不想要了', '地址/电话信息填写错误', '拍错/多拍', '卖家未按约定时间发货', '商品缺货'],
  'refund-only-shipped': ['快递一直未送达', '物流长时间未更新', '空包裹/少件', '收到商品破损', '质量问题', '其他'],
  'return-and-refund': [
    '7天无理由退货',
    '质量问题',
    '尺码不合适',
    '与商品描述不符',
    '收到商品破损',
    '假冒品牌',
    '发错货',
  ],
  exchange: ['尺码拍错', '颜色/款式发错', '商品故障', '做工瑕疵'],
  resend: ['少件/漏发', '赠品未发', '配件缺失'],
  repair: ['无法开机', '按键失灵', '充不进电', '异响'],
}

/** The seven-day reason as buyers choose it. */
export const noReason7Days = '7天无理由退货'

/** Reasons that need no fault of the merchant. */
export const noReason: ReadonlySet<string> = new Set(['7天无理由退货', '不想要了', '尺码不合适', '尺码拍错'])

export const remarks: readonly string[] = [
  '联系客服一直没有回复，希望尽快处理',
  '收到货就是坏的，有照片',
  '尺码偏小，想退掉',
  '麻烦尽快退款，谢谢',
  '少发了一件，请补上',
  '和图片颜色差太多',
  '家人说用不着了',
  '',
]

export const familyNames: readonly string[] = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董',
]
export const givenNames: readonly string[] = [
  '伟',
  '芳',
  '娜',
  '秀英',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '洋',
  '艳',
  '勇',
  '军',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '雨桐',
  '子涵',
  '欣怡',
  '浩然',
  '思远',
  '佳宁',
  '晓燕',
  '志强',
]

export interface Place {
  readonly province: string
  readonly provinceId: string
  readonly city: string
  readonly cityId: string
  readonly town: string
  readonly townId: string
}

export const places: readonly Place[] = [
  { province: '广东省', provinceId: '44', city: '广州市', cityId: '440100', town: '天河区', townId: '440106' },
  { province: '浙江省', provinceId: '33', city: '杭州市', cityId: '330100', town: '西湖区', townId: '330106' },
  { province: '四川省', provinceId: '51', city: '成都市', cityId: '510100', town: '武侯区', townId: '510107' },
  { province: '山东省', provinceId: '37', city: '青岛市', cityId: '370200', town: '市南区', townId: '370202' },
  { province: '湖北省', provinceId: '42', city: '武汉市', cityId: '420100', town: '洪山区', townId: '420111' },
  { province: '陕西省', provinceId: '61', city: '西安市', cityId: '610100', town: '雁塔区', townId: '610113' },
]

/** A parcel service; `prefix` is how its tracking numbers begin. */
export interface Carrier {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly prefix: string
}

export const carriers: readonly [Carrier, ...Carrier[]] = [
  { id: 44, code: 'shunfeng', name: '顺丰速运', prefix: 'SF' },
  { id: 115, code: 'zhongtong', name: '中通快递', prefix: '75' },
  { id: 85, code: 'yuantong', name: '圆通速递', prefix: 'YT' },
  { id: 121, code: 'yunda', name: '韵达快递', prefix: '43' },
  { id: 1, code: 'shentong', name: '申通快递', prefix: '77' },
]

/** House number and street of a shop's return address. */
export const RETURN_DETAIL = '仓储园区 5 号库'

/** Where a shop has its warehouse. */
export const placeOf = ({ id }: { readonly id: string }): Place => places[Number(id) % places.length] as Place
