import type { Page } from 'playwright-core'
import type { Desk } from './page/desk'
import { openDesk } from './page/desk'
import { eventually } from './page/screen'

/** What an owner without a config file does: everything by clicking. */
describe('J5: a store from its first click to its removal', () => {
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    desk = await openDesk('stores', { furtherShops: 1 })
    page = desk.page
    const { opened } = desk.deployment.simulator
    for (const { market } of opened) market.setReturnUrl?.(`${desk.url}/stores/authorised`)
  }, 300_000)
  afterAll(() => desk.close(), 120_000)

  const rowOf = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  const openStores = () => page.goto(`${desk.url}/stores`)
  const chooseAction = async (name: string, action: string): Promise<void> => {
    await rowOf(name)
      .getByRole('button', { name: `${name} 的操作` })
      .click()
    await page.getByRole('menuitem', { name: action, exact: true }).click()
  }
  const press = (name: string) => page.getByRole('dialog').getByRole('button', { name }).click()
  const stateOf = (name: string, wanted: string) =>
    eventually(
      () => rowOf(name).innerText(),
      (text) => text.includes(wanted),
    )

  describe.each(['pinduoduo', 'douyin'])('at %s', (id) => {
    let name: string
    beforeAll(() => {
      const { world, opened } = desk.deployment.simulator
      const registered = opened.find((one) => one.id === id)?.registration.stores.map(({ shop }) => shop) ?? []
      const third = world.shops.find((shop) => shop.marketplace === id && !registered.includes(shop.id))
      name = third?.name ?? ''
      for (let i = 0; i < 3; i++) world.apply({ shopId: third?.id ?? '', quiet: true })
    })

    const authorise = async (): Promise<void> => {
      await page.getByRole('button', { name: `以主账号授权 ${name}` }).click()
      await page.waitForURL(`${desk.url}/stores/authorised`)
    }

    it('is added on the platform’s own page, and its cases arrive', async () => {
      await openStores()
      await page.getByRole('button', { name: '添加店铺' }).click()
      await page.getByRole('combobox', { name: '平台' }).click()
      await page
        .locator('.ant-select-item-option')
        .getByText(id === 'douyin' ? '抖店' : '拼多多', { exact: true })
        .click()
      await press('去平台授权')
      await authorise()
      await page.getByText(`${name} · 店铺已添加`).waitFor()
      await page.getByRole('link', { name: '查看店铺' }).click()
      await rowOf(name).waitFor()
      const { items } = await eventually(
        () => desk.get<{ items: { store: { name: string } }[] }>('/api/queue?limit=100'),
        (queue) => queue.items.filter(({ store }) => store.name === name).length === 3,
      )
      expect(items.filter(({ store }) => store.name === name)).toHaveLength(3)
    }, 120_000)

    it('is tested', async () => {
      await openStores()
      await chooseAction(name, '测试连接')
      await page.getByText('连接正常').waitFor()
      await press('知道了')
    })

    it('is paused: nothing is sent; then resumed', async () => {
      await openStores()
      await chooseAction(name, '暂停')
      await page.getByText('还没有发送的操作会被拒绝').waitFor()
      await press('暂停')
      expect(await stateOf(name, '已暂停')).toContain('已暂停')
      await chooseAction(name, '恢复')
      expect(await stateOf(name, '新鲜')).toContain('新鲜')
    })

    it('is authorised again by its row', async () => {
      await openStores()
      await chooseAction(name, '重新授权')
      await press('去平台授权')
      await authorise()
      await page.getByText(`${name} · 店铺已重新授权`).waitFor()
    })

    it('is removed with a plain statement; its cases can still be read', async () => {
      await openStores()
      await chooseAction(name, '移除')
      await page.getByText('未完结的售后单留在这里可以查看').waitFor()
      await press('移除')
      expect(await stateOf(name, '已移除')).toContain('售后单仍可查看')
      const { items } = await desk.get<{ items: { caseId: string; store: { name: string } }[] }>('/api/queue?limit=100')
      const kept = items.find(({ store }) => store.name === name)
      await page.goto(`${desk.url}/cases/${kept?.caseId ?? ''}`)
      await page.locator('h1').first().waitFor()
      expect(await page.locator('body').innerText()).toContain(name)
    })
  })

  it('a refused authorisation is worded, and the code has left the address bar', async () => {
    const sent: string[] = []
    page.on('request', (request) => sent.push(new URL(request.url()).pathname))
    await page.goto(`${desk.url}/stores/authorised?code=stolen&state=invented`)
    await page.getByText('不认识这次授权').waitFor()
    expect(page.url()).toBe(`${desk.url}/stores/authorised`)
    // The person looks into another tab, and the connection fails and returns: the code is not sent a second time.
    await page.evaluate(`(async () => {
      for (const event of ['visibilitychange', 'offline', 'online']) window.dispatchEvent(new Event(event))
      await fetch('/healthz')
    })()`)
    expect(sent.filter((path) => path.endsWith('/authorisations/complete'))).toHaveLength(1)
    page.removeAllListeners('request')
    await page.goto(`${desk.url}/stores/authorised`)
    await page.getByText('平台没有带回授权').waitFor()
  })
})
