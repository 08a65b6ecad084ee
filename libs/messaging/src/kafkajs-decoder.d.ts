/** The part of the client that reads what brokers answer; it comes without types. */
declare module 'kafkajs/src/protocol/decoder' {
  class Decoder {
    /** Used for the headers of records, and for nothing else. */
    readVarIntArray<T>(read: (decoder: Decoder) => T): T[]
  }
  export = Decoder
}
