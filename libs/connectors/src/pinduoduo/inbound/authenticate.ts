import type { HttpAnswer, Receipt } from '../../contract'

const REFUSED: HttpAnswer = { status: 404, body: '{"error":"not found"}' }

/** Pinduoduo never pushes over HTTP, so no HTTP delivery is genuine. Its pushes arrive on our own connection. */
export const receive = (): Receipt => ({ type: 'forged', why: 'Pinduoduo does not push over HTTP', answer: REFUSED })

export const refusalByHeaders = (): HttpAnswer => REFUSED
