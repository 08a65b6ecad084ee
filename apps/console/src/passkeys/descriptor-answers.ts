import type { AssertionOptions, PasskeyDescriptor } from '#access'
import { PASSKEY_CHALLENGE_LASTS_MS } from '#access'
import type { PasskeyDescriptorAnswer, PasskeyRequestAnswer } from './passkey.answer'

export const descriptorAnswers = (descriptors: readonly PasskeyDescriptor[]): PasskeyDescriptorAnswer[] =>
  descriptors.map(({ type, id, transports }) => ({ type, id, transports: [...transports] }))

export const requestAnswerOf = ({ challenge, rpId, allow }: AssertionOptions): PasskeyRequestAnswer => ({
  ...{ challenge, rpId, userVerification: 'required', timeout: PASSKEY_CHALLENGE_LASTS_MS },
  allowCredentials: descriptorAnswers(allow),
})
