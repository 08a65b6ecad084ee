interface EffectKey {
  readonly stream: string
  readonly intent: string
}

/** The id of an effect for connectors and adapters; the same however often the effect is claimed. */
export const effectIdOf = ({ stream, intent }: EffectKey): string => `${stream}/${intent}`

const STREAM_ID_PATTERN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Parses what `effectIdOf` made; `undefined` if it is no id of an effect. */
export function parseEffectId(id: string): EffectKey | undefined {
  const [stream = '', intent = ''] = [id.slice(0, 36), id.slice(37)]
  return STREAM_ID_PATTERN.test(stream) && id[36] === '/' && intent !== '' ? { stream, intent } : undefined
}
