import type { Locator } from 'playwright-core'
import type { Desk } from './desk'
import { Screen, eventually } from './screen'

/** One action for many cases, from the boxes of the queue to what became of each of them. */
export function batchSteps(desk: () => Desk): void {
  const screen = (): Screen => new Screen(desk().page, desk().url)
  const dialog = (): Locator => desk().page.getByRole('dialog')
  const AMOUNT = 7_700
  const bar = (): Locator => desk().page.getByRole('region', { name: '所选售后单' })
  const boxOf = (number: string): Locator => desk().page.getByRole('checkbox', { name: `选择 ${number}`, exact: true })
  const applyFor = (count: number): string[] => {
    const { world } = desk().deployment.simulator
    const shop = world.shops.find((one) => one.marketplace === 'douyin')
    const ask = {
      kind: 'refund-only-unshipped',
      quiet: true,
      refundFen: AMOUNT,
      ...(shop && { shopId: shop.id }),
    } as const
    return Array.from({ length: count }, () => world.apply(ask).number)
  }
  /** The queue of these cases only, once all of them are there. */
  const openQueue = async (count: number): Promise<void> => {
    await eventually(
      () => desk().get<{ items: unknown[] }>(`/api/queue?riskFrom=${AMOUNT}&riskTo=${AMOUNT}&limit=200`),
      ({ items }) => items.length === count,
    )
    await screen().open(`/?riskFrom=${AMOUNT}&riskTo=${AMOUNT}`)
    await screen().rows.first().waitFor()
  }
  const refundsOf = (numbers: readonly string[]): number =>
    numbers.reduce(
      (sum, number) => sum + (desk().deployment.simulator.world.find(number)?.effects.refundsOrdered ?? 0),
      0,
    )
  let numbers: string[] = []

  it('selects a row by x, a range by Shift, and the loaded rows by the box above them', async () => {
    numbers = applyFor(50)
    await openQueue(50)
    const [first = '', , third = ''] = await screen().caseNumbers()
    await desk().page.keyboard.press('j')
    await desk().page.keyboard.press('x')
    await bar().getByText('已选 1 单').waitFor()
    await boxOf(third).click({ modifiers: ['Shift'] })
    await bar().getByText('已选 3 单').waitFor()
    await bar().getByText('涉险 ¥231.00').waitFor()
    await desk().page.keyboard.press('k')
    await desk().page.keyboard.press('x')
    await bar().getByText('已选 2 单').waitFor()
    expect(await boxOf(first).isChecked()).toBe(false)
    await bar().getByRole('button', { name: '取消选择' }).click()
    expect(await bar().count()).toBe(0)
    await desk().page.getByRole('checkbox', { name: '选择已载入的全部售后单' }).click()
    await bar().getByText('已选 50 单').waitFor()
  }, 180_000)

  it('previews fifty refunds, takes them all back in time, and sends nothing', async () => {
    await bar().getByRole('button', { name: '同意退款（50 单）' }).click()
    await dialog().getByLabel('给买家的留言（选填）').fill('已同意')
    await dialog().getByRole('button', { name: '预览', exact: true }).click()
    await dialog().getByText('将处理 50 单').waitFor()
    await dialog().getByText('最多付给买家 ¥3,850.00').waitFor()
    await dialog().getByRole('button', { name: '返回修改' }).click()
    expect(await dialog().getByLabel('给买家的留言（选填）').inputValue()).toBe('已同意')
    await dialog().getByRole('button', { name: '预览', exact: true }).click()
    await dialog().getByRole('button', { name: '开始处理 50 单' }).dblclick()
    await desk().page.getByRole('button', { name: '撤回未发送的' }).click()
    await desk().page.getByText('50 / 50 单已有结果').waitFor()
    await desk().page.getByRole('button', { name: '已撤回' }).waitFor()
    expect(refundsOf(numbers)).toBe(0)
  }, 120_000)

  it('starts a batch of fifty of which the platform refuses two, and retries those as a set', async () => {
    const [one = '', two = ''] = numbers
    desk().deployment.simulator.faults.planned.set(
      [one, two].map((caseNumber) => ({ fault: 'refuseStale', api: 'afterSale.operate', caseNumber })),
    )
    await openQueue(50)
    expect(await bar().count()).toBe(0)

    await screen().rows.first().getByRole('checkbox').click()
    await bar().getByRole('button', { name: '选择符合筛选的全部' }).click()
    await bar().getByText('符合筛选的全部 50 单').waitFor()
    await bar().getByRole('button', { name: '同意退款（50 单）' }).click()
    await dialog().getByRole('button', { name: '预览', exact: true }).click()
    await dialog().getByRole('button', { name: '开始处理 50 单' }).click()
    await desk().page.getByText('0 / 50 单已有结果').waitFor()
    await eventually(
      () => desk().endUndoWindows(),
      () => refundsOf(numbers) === 48,
    )
    await desk().page.getByText('50 / 50 单已有结果').waitFor()
    expect(refundsOf(numbers)).toBe(48)
    await desk().page.getByRole('button', { name: '售后单已有变化' }).click()
    const shown = desk().page.getByRole('table', { name: '售后单' }).getByRole('link')
    expect(
      await eventually(
        () => shown.allInnerTexts(),
        (links) => links.length === 2,
      ),
    ).toEqual(expect.arrayContaining([one, two]))
    desk().deployment.simulator.faults.planned.set([])
    await desk().page.getByRole('button', { name: '重试失败的' }).click()
    await desk().page.getByRole('button', { name: '开始处理 2 单' }).click()
    await desk().page.getByText('/ 2 单已有结果').waitFor()
    await eventually(
      () => desk().endUndoWindows(),
      () => refundsOf(numbers) === 50,
    )
    await desk().page.getByText('2 / 2 单已有结果').waitFor()
    expect(refundsOf(numbers)).toBe(50)
    await desk().page.getByRole('link', { name: '全部批量操作' }).click()
    await desk().page.getByRole('table', { name: '批量操作' }).waitFor()
    expect(await desk().page.getByRole('table', { name: '批量操作' }).getByRole('link').count()).toBe(4)
  }, 180_000)
}
