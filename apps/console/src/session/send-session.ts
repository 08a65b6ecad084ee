import type { FastifyReply } from 'fastify'
import type { Directory, OpenedSession, SecondFactorWanted } from '#access'
import type { SecondFactor } from '../passkeys/relying-parties'
import { sessionCookie } from '../security/session-cookie'
import { meOf } from './me'
import type { SignInAnswer } from './session.answer'

/** Sends the session to the browser as a cookie, and answers who has logged in. */
export async function sendSession(
  { token, actor, endsAt }: OpenedSession,
  reply: FastifyReply,
  directory: Directory,
): Promise<SignInAnswer> {
  void reply.header('set-cookie', sessionCookie(token, endsAt))
  return { me: await meOf(actor, directory), challenge: null, factors: [] }
}

export const secondFactorAnswer = ({ challenge }: SecondFactorWanted, factors: SecondFactor[]): SignInAnswer => ({
  me: null,
  challenge,
  factors,
})
