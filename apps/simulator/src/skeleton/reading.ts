import type { WireValue } from '../http/wire-json'
import type { CaseRecord } from '../world/case'
import type { SkeletonApi, SkeletonContext } from './api'
import { ownCase, textParam, wholeNumberParam } from './api'
import { caseFields } from './case-fields'
import { SkeletonError } from './errors'

const caseAnswer = ({ faults }: SkeletonContext, record: CaseRecord): WireValue =>
  caseFields(record, faults.shownStatus(record.sequence, record.status))

/** The place of a case in the list: rows that move do not make a reader skip others. */
const cursorOf = ({ updatedMs, number }: CaseRecord): string => `${updatedMs}:${number}`

function isAfterCursor(record: CaseRecord, cursor: string): boolean {
  const [ms = '0', number = ''] = cursor.split(':')
  return record.updatedMs > Number(ms) || (record.updatedMs === Number(ms) && record.number > number)
}

function list(context: SkeletonContext): WireValue {
  const { world, shopId } = context
  const [from, to, size] = [
    wholeNumberParam(context, 'from'),
    wholeNumberParam(context, 'to'),
    wholeNumberParam(context, 'size'),
  ]
  const cursor = String((context.params['cursor'] as string | undefined) ?? '')
  const rows = world.updatedIn(shopId, from * 1000, to * 1000)
  const rest = cursor === '' ? rows : rows.filter((c) => isAfterCursor(c, cursor))
  const page = rest.slice(0, size)
  const last = rest.length > size ? page.at(-1) : undefined
  return {
    total: rows.length,
    next: last === undefined ? '' : cursorOf(last),
    cases: page.map((c) => caseAnswer(context, c)),
  }
}

function renew({ tokens, params }: SkeletonContext): WireValue {
  const issued = tokens.refresh(textParam(params, 'refresh'))
  if (issued === undefined) throw new SkeletonError(403, 'the refresh token is not valid')
  return {
    access_token: issued.accessToken,
    refresh_token: issued.refreshToken,
    expires_in: Math.max(0, Math.floor((issued.expiresMs - Date.now()) / 1000)),
  }
}

export const readingApis: Readonly<Record<string, SkeletonApi>> = {
  'skeleton.case.list': { run: list },
  'skeleton.case.get': { run: (context) => caseAnswer(context, ownCase(context)) },
  'skeleton.token.refresh': { run: renew, withoutToken: true },
}
