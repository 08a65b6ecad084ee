import type { Term } from '../glossary/vocabulary'

/** The category of the goods, as set by a person. Chosen from this list, because free text may name people. */
export type GoodsCategory =
  | 'clothing'
  | 'underwear'
  | 'shoes'
  | 'bags'
  | 'jewellery'
  | 'beauty'
  | 'food'
  | 'fresh-food'
  | 'baby'
  | 'toys'
  | 'home'
  | 'furniture'
  | 'appliances'
  | 'electronics'
  | 'books'
  | 'sports'
  | 'car-supplies'
  | 'pets'
  | 'plants'
  | 'health'
  | 'virtual'
  | 'custom-made'
  | 'other'

export const GOODS_CATEGORIES: Readonly<Record<GoodsCategory, Term>> = {
  clothing: { zh: '服饰', en: 'Clothing' },
  underwear: { zh: '内衣', en: 'Underwear' },
  shoes: { zh: '鞋靴', en: 'Shoes' },
  bags: { zh: '箱包', en: 'Bags' },
  jewellery: { zh: '珠宝饰品', en: 'Jewellery' },
  beauty: { zh: '美妆个护', en: 'Beauty' },
  food: { zh: '食品', en: 'Food' },
  'fresh-food': { zh: '生鲜', en: 'Fresh food' },
  baby: { zh: '母婴', en: 'Baby' },
  toys: { zh: '玩具', en: 'Toys' },
  home: { zh: '家居日用', en: 'Home' },
  furniture: { zh: '家具', en: 'Furniture' },
  appliances: { zh: '家电', en: 'Appliances' },
  electronics: { zh: '数码', en: 'Electronics' },
  books: { zh: '图书', en: 'Books' },
  sports: { zh: '运动户外', en: 'Sports' },
  'car-supplies': { zh: '汽车用品', en: 'Car supplies' },
  pets: { zh: '宠物', en: 'Pets' },
  plants: { zh: '鲜花绿植', en: 'Plants' },
  health: { zh: '医药保健', en: 'Health' },
  virtual: { zh: '虚拟商品', en: 'Virtual goods' },
  'custom-made': { zh: '定制商品', en: 'Custom-made goods' },
  other: { zh: '其他', en: 'Other' },
}

/**
 * R007: whether a category is among the allowed ones; `undefined`: not known. Store terms and older facts may name a
 * category in free text. Such a text is matched against both names of each category; one that matches none leads to
 * `undefined`, never to `false`.
 */
export function isAllowedCategory(
  allowed: readonly string[] | undefined,
  category: string | undefined,
): boolean | undefined {
  if (allowed === undefined || category === undefined) return undefined
  const wantedCategory = parseCategory(category)
  if (
    allowed.some(
      (word) => word === category || (wantedCategory !== undefined && parseCategory(word) === wantedCategory),
    )
  )
    return true
  return wantedCategory !== undefined && allowed.every((word) => parseCategory(word) !== undefined) ? false : undefined
}

function parseCategory(word: string): GoodsCategory | undefined {
  for (const [name, { zh, en }] of Object.entries(GOODS_CATEGORIES))
    if (word === name || word === zh || word === en) return name as GoodsCategory
  return undefined
}
