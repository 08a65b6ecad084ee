/** The part of kafkajs that decodes responses of brokers. The package has no types for it. */
declare module 'kafkajs/src/protocol/decoder' {
  class Decoder {
    /** kafkajs uses it for the headers of records only. */
    readVarIntArray<T>(read: (decoder: Decoder) => T): T[]
  }
  export = Decoder
}
