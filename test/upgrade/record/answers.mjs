/** What the console answers to every question about the data, at one instant of a clock that does not move. */

const TURNS = ['us', 'buyer', 'platform', 'carrier', 'nobody']

export async function recordAnswers(console_, house) {
  const answers = {}
  const ask = async (url) => {
    const { status, body } = await console_.ask('GET', url)
    answers[url] = { status, body }
    return body
  }
  /** Reads every page of a list and returns all items. */
  const askAll = async (url) => {
    const items = []
    for (let next = ''; next !== undefined;) {
      const page = await ask(
        `${url}${next === '' ? '' : `${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`}`,
      )
      items.push(...(page.items ?? []))
      next = page.next ?? undefined
    }
    return items
  }
  const cases = new Map()
  for (const turn of [undefined, ...TURNS])
    for (const item of await askAll(`/api/queue?limit=50${turn === undefined ? '' : `&turn=${turn}`}`))
      cases.set(item.caseId, item)
  await askAll('/api/queue?limit=50&turn=us&sort=risk')
  await ask('/api/queue/counts')
  for (const [id, { orderNumber }] of cases) {
    for (const facet of ['', '/events?limit=200', '/judgement', '/guidance', '/appeals', '/evidence'])
      await ask(`/api/cases/${id}${facet}`)
    if (orderNumber !== null && Object.keys(answers).filter((url) => url.includes('search')).length < 12)
      await ask(`/api/search?order=${encodeURIComponent(orderNumber)}`)
  }
  for (const { stream, intent } of await house.database.query('SELECT stream, intent FROM effect ORDER BY 1, 2'))
    await ask(`/api/cases/${stream}/actions/${intent}`)
  // Sealed texts, opened with the key.
  for (const { id } of await house.database.query(
    'SELECT DISTINCT message_id AS id FROM event WHERE message_id % 20 = 0 ORDER BY 1',
  ))
    await ask(`/api/messages/${id}`)
  await askAll('/api/tasks?limit=50')
  await askAll('/api/evidence-wanted')
  await ask('/api/freight-to-check')
  for (const { messageId } of await askAll('/api/quarantine?limit=50')) await ask(`/api/quarantine/${messageId}`)
  const { items: stores } = await ask('/api/stores')
  for (const { store } of stores) for (const part of ['terms', 'appeals']) await ask(`/api/stores/${store.id}/${part}`)
  const { items: strategies } = await ask('/api/strategies')
  await ask('/api/strategies/grants')
  for (const { id } of strategies) {
    const { trials } = await ask(`/api/strategies/${id}`)
    await ask(`/api/strategies/${id}/shadow`)
    for (const trial of trials) await ask(`/api/strategies/trials/${trial.id}`)
  }
  return { now: house.simulator.clock.now(), answers }
}
