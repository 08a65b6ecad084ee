interface EffectKey {
  readonly stream: string
  readonly intent: string
}

/** The id of an effect for connectors, which know nothing of streams: the same however often it is claimed. */
export const effectIdOf = ({ stream, intent }: EffectKey): string => `${stream}/${intent}`

const STREAM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The effect with that id; `undefined`: not an id of an effect. */
export function effectKeyOf(id: string): EffectKey | undefined {
  const [stream = '', intent = ''] = [id.slice(0, 36), id.slice(37)]
  return STREAM.test(stream) && id[36] === '/' && intent !== '' ? { stream, intent } : undefined
}
