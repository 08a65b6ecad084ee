import type { ReasonClass, ReasonRule } from './store-terms'

/**
 * The words of reasons as marketplaces use them, most specific first. No public table of codes was found, so merchants
 * add their own codes. Negations ("not a quality problem") come before the words that they negate; words for a fault of
 * the goods come before words for a change of mind.
 */
const WORDS_BY_CLASS: readonly (readonly [ReasonClass, ...string[]])[] = [
  [
    'other',
    '非7天无理由',
    '不支持7天无理由',
    '不支持无理由',
    '非无理由',
    '非质量问题',
    '没有质量问题',
    '无质量问题',
    '不是质量问题',
  ],
  ['no-reason', '7天无理由', '无理由退'],
  ['wrong-goods', '发错', '错发', '漏发', '少发', '少件', '缺件', '寄错', '货不对板'],
  ['damaged', '破损', '损坏', '破碎', '摔坏', '压坏', '变形', '漏液', '污渍'],
  [
    'not-as-described',
    '描述不符',
    '与描述不',
    '与商品描述',
    '与页面',
    '与图片不',
    '实物不符',
    '不一致',
    '虚假宣传',
    '假货',
    '仿冒',
    '承诺',
  ],
  [
    'quality',
    '质量',
    '做工',
    '瑕疵',
    '掉色',
    '褪色',
    '起球',
    '开线',
    '异味',
    '过期',
    '变质',
    '故障',
    '无法使用',
    '性能',
    '过敏',
  ],
  [
    'logistics',
    '物流',
    '快递',
    '未收到',
    '没收到',
    '配送',
    '派送',
    '包裹',
    '延迟发货',
    '未按约定时间发货',
    '虚假发货',
    '发货太慢',
    '缺货',
  ],
  ['no-reason', '不想要', '不喜欢', '不合适', '拍错', '多拍', '错拍', '买错', '尺码', '大小', '效果不好', '计划有变'],
  ['other', '其他', '其它'],
]

export const DEFAULT_REASONS: readonly ReasonRule[] = WORDS_BY_CLASS.flatMap(([reasonClass, ...pieces]) =>
  pieces.map((words) => ({ words, class: reasonClass })),
)
