import type { Action, ActionName } from '#after-sale'
import type { ActionOrder } from '../contract'
import { sampleAction } from '../contract/suite/performing-contract'
import { assist } from './assist'
import { manifest } from './manifest'

const CASE_NUMBER = '7012345678901234567'
const orderOf = (action: Action): ActionOrder => ({ action, caseNumber: CASE_NUMBER, revision: 1_772_711_000_000 })

test('an ASSISTED action has the page of the case, the steps, the texts to paste, and no other action has', () => {
  const order = orderOf({ name: 'propose-amount', amount: 1_205, text: '退您 12.05 元,可以吗?' })
  expect(assist(order)).toEqual({
    link: `https://fxg.jinritemai.com/ffa/maftersale/aftersale/detail-v3?aftersale_id=${CASE_NUMBER}`,
    path: manifest['propose-amount'].backOffice?.path,
    steps: expect.arrayContaining([{ zh: '金额填写 12.05 元', en: 'Enter the amount: 12.05 yuan' }]) as unknown,
    texts: [{ title: { zh: '文字内容', en: 'Text' }, text: '退您 12.05 元,可以吗?' }],
  })
  for (const name of Object.keys(manifest) as ActionName[])
    expect([name, assist(orderOf(sampleAction(name))) !== undefined]).toEqual([name, manifest[name].way === 'ASSISTED'])
})
