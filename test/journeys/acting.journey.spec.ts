import type { Locator } from 'playwright-core'
import type { CaseKind, CaseRecord } from '../../apps/simulator/src/world/case'
import { png } from '../support/pictures'
import { batchSteps } from './page/batch-steps'
import { type Desk, openDesk } from './page/desk'
import { Screen } from './page/screen'

const FEN = 4_560

describe('an operator who acts on a case from its page', () => {
  let desk: Desk
  let screen: Screen

  beforeAll(async () => {
    desk = await openDesk('acting')
    screen = new Screen(desk.page, desk.url)
  }, 300_000)
  afterAll(() => desk.close(), 120_000)

  const dialog = (): Locator => desk.page.getByRole('dialog')
  const submit = (): Locator => dialog().locator('button[type=submit]')
  const panel = (): Locator =>
    desk.page.locator('section.panel').filter({ has: desk.page.getByRole('heading', { name: '操作' }) })
  const button = (name: string): Locator => panel().getByRole('button', { name })
  const requestedWith = (state: string): Locator => panel().locator('.requested-action').filter({ hasText: state })
  const recordOf = (number: string): CaseRecord => {
    const record = desk.deployment.simulator.world.find(number)
    if (record === undefined) throw new Error('no such case was applied for')
    return record
  }
  /** A buyer applies, and the operator opens the case from the queue. */
  const openCase = async (kind: CaseKind, marketplace: string): Promise<string> => {
    const { world } = desk.deployment.simulator
    const shop = world.shops.find((one) => one.marketplace === marketplace)
    const { number } = world.apply({ kind, quiet: true, refundFen: FEN, ...(shop && { shopId: shop.id }) })
    await screen.open('/')
    await desk.page.getByRole('link', { name: number }).click()
    await panel().waitFor()
    return number
  }

  it('agrees to a refund by keyboard: it is ordered once, and the case shows it', async () => {
    const number = await openCase('refund-only-unshipped', 'douyin')
    await button('同意退款').focus()
    await desk.page.keyboard.press('Enter')
    await dialog().getByText('最多付给买家 ¥45.60').waitFor()
    await dialog().getByLabel('给买家的留言（选填）').fill('已同意')
    await submit().focus()
    await desk.page.keyboard.press('Enter')
    await requestedWith('秒后发送').waitFor()
    await desk.endUndoWindows()
    await requestedWith('已生效').waitFor()
    expect(recordOf(number).effects.refundsOrdered).toBe(1)
    expect(await panel().locator('.requested-action').count()).toBe(1)
    expect(await button('同意退款').count()).toBe(0)
  }, 120_000)

  it('takes a refund back before it is sent', async () => {
    const number = await openCase('refund-only-unshipped', 'pinduoduo')
    await button('同意退款').click()
    await submit().click()
    await requestedWith('秒后发送').waitFor()
    await button('撤回').click()
    await requestedWith('已取消').waitFor()
    await desk.endUndoWindows()
    await button('同意退款').waitFor()
    expect(recordOf(number).effects.refundsOrdered).toBe(0)
  }, 120_000)

  it('reads the warnings of a rejection before confirming it, with evidence from a file', async () => {
    const number = await openCase('refund-only-shipped', 'douyin')
    await button('驳回').click()
    expect(await submit().isDisabled()).toBe(true)
    await dialog().getByLabel('拒绝原因').fill('商品无质量问题')
    await dialog().getByLabel('原因代码（选填）').fill('101')
    await dialog().getByLabel('说明').fill('出库前检查完好')
    await dialog()
      .getByTestId('evidence-file')
      .setInputFiles({ name: '1.png', mimeType: 'image/png', buffer: png('checked before sending') })
    await dialog().getByRole('checkbox', { name: /图片/, checked: true }).waitFor()
    await dialog().locator('.ant-segmented-item').filter({ hasText: '是' }).first().click()
    await submit().click()
    await dialog().getByText('拒绝后买家可申请平台介入').waitFor()
    expect(recordOf(number).effects.refusals).toBe(0)
    expect(await dialog().getByLabel('说明').inputValue()).toBe('出库前检查完好')
    await submit().click()
    await requestedWith('已生效').waitFor()
    expect(recordOf(number).effects.refusals).toBe(1)
  }, 120_000)

  it('is shown the steps of an action that the marketplace offers no call for, and attests that it was done', async () => {
    await openCase('return-and-refund', 'pinduoduo')
    // Until the order is read, what was paid is unknown, which the person would have to confirm.
    await desk.page.getByRole('columnheader', { name: '实付' }).waitFor()
    await button('更多操作').click()
    await desk.page.getByRole('menuitem', { name: '协商退款金额' }).click()
    await dialog().getByLabel('金额（元）').fill('99999')
    await dialog().getByLabel('内容（原样发送）').fill('建议退 30 元')
    await submit().click()
    await dialog().getByText('金额超出上限').waitFor()
    await dialog().getByLabel('金额（元）').fill('30')
    await submit().click()
    await button('查看步骤').click()
    await panel().getByText('建议退 30 元').waitFor()
    await button('已在后台操作').click()
    await requestedWith('已生效').waitFor()
  }, 120_000)

  it('lists the tasks to be done by hand, and withdraws one', async () => {
    const number = await openCase('return-and-refund', 'pinduoduo')
    await button('驳回').click()
    await dialog().getByLabel('拒绝原因').fill('商品无质量问题')
    await dialog().getByLabel('说明').fill('出库前检查完好')
    await submit().click()
    await dialog().getByText('提交前请知悉').waitFor()
    await submit().click()
    await requestedWith('待执行').waitFor()
    await desk.page.getByRole('link', { name: '待人工' }).click()
    await desk.page.getByRole('row', { name: number }).getByText('需在商家后台操作').waitFor()
    await desk.page.getByRole('link', { name: number }).click()
    await button('撤回').click()
    await requestedWith('已取消').waitFor()
    await button('驳回').waitFor()
  }, 120_000)

  it('keeps what was typed when the case changes meanwhile, and asks to check it', async () => {
    const number = await openCase('return-and-refund', 'douyin')
    await button('更多操作').click()
    await desk.page.getByRole('menuitem', { name: '添加备注' }).click()
    await dialog().getByLabel('内容（原样发送）').fill('已电话联系买家')
    desk.deployment.simulator.world.act(number, { what: 'agree-return', by: 'merchant' })
    await dialog().getByText('售后单已有变化').waitFor()
    expect(await submit().isDisabled()).toBe(true)
    expect(await dialog().getByLabel('内容（原样发送）').inputValue()).toBe('已电话联系买家')
    await dialog().getByRole('button', { name: '已核对' }).click()
    await submit().click()
    await requestedWith('添加备注').waitFor()
  }, 120_000)

  it('works beside a colleague: each sees in the list and in the case who is in it', async () => {
    const number = await openCase('return-and-refund', 'douyin')
    const colleague = await desk.openColleague('wang')
    await colleague.goto(`${desk.url}/`)
    const row = colleague.locator('.case-row').filter({ hasText: number })
    await row.getByRole('img', { name: '也在看这个售后单' }).waitFor()
    await colleague.getByRole('link', { name: number }).click()
    await desk.page.getByText('The person wang 也在看这个售后单').waitFor()
    await button('更多操作').click()
    await desk.page.getByRole('menuitem', { name: '添加备注' }).click()
    await dialog().getByLabel('内容（原样发送）').fill('还没有发出')
    await colleague.getByText('正在输入').waitFor()
    await colleague.goto(`${desk.url}/`)
    await desk.page.getByText('The person wang').waitFor({ state: 'detached' })
    await colleague.context().close()
  }, 120_000)

  it('is advised, and shown why nothing was decided automatically', async () => {
    await openCase('exchange', 'douyin')
    await desk.page.getByRole('heading', { name: '处理建议' }).waitFor()
    await desk.page.getByRole('heading', { name: '自动决策' }).waitFor()
    const verdict = desk.page.locator('.verdict-head').first()
    await verdict.click()
    expect(await desk.page.locator('.verdict').first().locator('.sentences li').count()).toBeGreaterThan(0)
  }, 120_000)
  it('closes the dialog of a case when another case is shown in its place', async () => {
    const second = await openCase('refund-only-shipped', 'douyin')
    const { pathname } = new URL(desk.page.url())
    const first = await openCase('refund-only-unshipped', 'douyin')
    // As a link from one case to another of its order: the same screen, with another id.
    await desk.page.evaluate(`history.pushState(null, '', '${pathname}'); dispatchEvent(new PopStateEvent('popstate'))`)
    await desk.page.getByRole('heading', { name: second }).waitFor()
    await button('驳回').click()
    await dialog().getByLabel('拒绝原因').fill('只属于第二单')
    await desk.page.goBack()
    await desk.page.getByRole('heading', { name: first }).waitFor()
    expect(await dialog().count()).toBe(0)
  }, 120_000)

  it('erases a buyer: sees first what goes, types the number, and is shown when the workers are done', async () => {
    // One that was read from its marketplace, and of which no action is under way.
    const { items } = await desk.get<{ items: { caseId: string; caseNumber: string; buyer: unknown }[] }>('/api/queue')
    const candidates = items.filter(({ buyer }) => buyer !== null)
    const previews = await Promise.all(
      candidates.map(({ caseId }) => desk.get<{ cases: { busy: boolean }[] }>(`/api/cases/${caseId}/buyer/erasure`)),
    )
    const chosen = candidates[previews.findIndex(({ cases }) => cases.every(({ busy }) => !busy))]
    if (chosen === undefined) throw new Error('no case has a buyer who can be erased')
    await screen.open(`/cases/${chosen.caseId}`)
    await desk.page.getByRole('button', { name: '清除' }).click()
    await dialog().getByText('清除后无法恢复').waitFor()
    expect(await submit().isDisabled()).toBe(true)
    await dialog().getByRole('radio', { name: '买家要求' }).click()
    await dialog().getByRole('checkbox').click()
    await dialog().getByLabel(`输入售后单号 ${chosen.caseNumber} 以确认`).fill(chosen.caseNumber)
    await submit().click()
    await dialog().getByText('已清除', { exact: true }).waitFor()
    const { row } = await desk.get<{ row: { buyer: unknown } }>(`/api/cases/${chosen.caseId}`)
    expect(row.buyer).toBeNull()
  }, 120_000)

  describe('with many cases at once', () => batchSteps(() => desk))

  it('sees no error in the console of the browser', () => {
    expect(desk.watcher.complaints.filter((line) => !line.includes('409'))).toEqual([])
  })
})
