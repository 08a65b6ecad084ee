import { buyerOpeningOf, loadKeys } from '#access'
import type { ErasureAnswer } from '#case-handling'
import { casesOfSameBuyer, requestErasure } from '#case-handling'
import { withTenants } from '#event-store'
import { casesWithPhone } from '#read-models'
import { OVER, SECOND, useErasures } from '../../../../test/support/erasure-scenario'
import { NOON } from '../../../../test/support/anywhere-marketplace'

const erasures = useErasures()
const { db, pushed, received, idOf } = erasures

/** A case of a buyer; finished, unless `isOpen`. */
async function caseOf(caseNumber: string, buyer: { name?: string; phone?: string }, isOpen = false): Promise<string> {
  await pushed({
    case: caseNumber,
    buyer,
    fen: 100,
    order: `order-${caseNumber}`,
    status: 'awaiting-merchant-decision',
  })
  if (!isOpen) await pushed({ case: caseNumber, buyer, fen: 100, revision: NOON + SECOND, ...OVER })
  await received()
  return idOf(caseNumber)
}

const coveredBy = async (caseId: string, org = erasures.shop.org): Promise<readonly string[] | undefined> => {
  await loadKeys(db.database, erasures.shop.vault)
  const finder = { opening: buyerOpeningOf(erasures.shop.vault), casesWithPhone }
  return withTenants([org], () => casesOfSameBuyer(db.database.manager, finder, org, caseId))
}
const request = (cases: readonly string[], withOpen = false): Promise<ErasureAnswer> =>
  withTenants([erasures.shop.org], () =>
    requestErasure(db.database.manager, {
      ...{ org: erasures.shop.org, cases, why: 'buyer-asked', by: 'lin', withOpen, now: NOON },
    }),
  )

describe('the cases that the erasure of a buyer covers', () => {
  it('are all with the same whole phone number, whatever the name, and no others', async () => {
    const one = await caseOf('1', { name: '王小明', phone: '13912345678' })
    const two = await caseOf('2', { name: '王明', phone: '139 1234 5678' })
    await caseOf('3', { name: '王小明', phone: '13912345679' })
    expect([...((await coveredBy(one)) ?? [])].sort()).toEqual([one, two].sort())
  })

  it.each(['139****5678', '1234567'])(
    'are that case only where the number may be that of many people: %s',
    async (phone) => {
      const one = await caseOf('1', { name: '王小明', phone })
      await caseOf('2', { name: '王小明', phone })
      expect(await coveredBy(one)).toEqual([one])
    },
  )

  it('are that case only where there is no number: a name alone is no person', async () => {
    const one = await caseOf('1', { name: '王小明' })
    await caseOf('2', { name: '王小明' })
    expect(await coveredBy(one)).toEqual([one])
  })

  it('are none of another organisation', async () => {
    const one = await caseOf('1', { name: '王小明', phone: '13912345678' })
    expect(await coveredBy(one, erasures.shop.org + 1)).toBeUndefined()
  })
})

describe('a request for an erasure', () => {
  it('is refused for open cases, until their loss of evidence is confirmed; nothing is entered before', async () => {
    const [over, open] = [await caseOf('1', {}), await caseOf('2', {}, true)]
    expect(await request([over, open])).toEqual({ type: 'refused', because: 'open', cases: [open] })
    expect(await db.database.query('SELECT FROM erasure')).toEqual([])
    expect(await request([over, open], true)).toMatchObject({ type: 'requested', cases: 2 })
  })

  it('leaves out what was requested before, and ends where nothing is left', async () => {
    const [one, two] = [await caseOf('1', {}), await caseOf('2', {})]
    expect(await request([one])).toMatchObject({ type: 'requested', cases: 1 })
    expect(await request([one, two])).toMatchObject({ type: 'requested', cases: 1 })
    expect(await request([one, two])).toEqual({ type: 'nothing' })
  })
})
