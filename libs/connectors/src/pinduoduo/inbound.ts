import type { Inbound } from '../contract'

/** Pinduoduo never pushes over HTTP: what comes by that door is not theirs. Pushes come by our own connection. */
export const inbound: Inbound = {
  receive: () => ({
    type: 'forged',
    why: 'Pinduoduo does not push over HTTP',
    answer: { status: 404, body: '{"error":"not found"}' },
  }),
  translate: () => ({ type: 'unintelligible', why: 'not read yet' }),
}
