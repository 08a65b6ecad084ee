import { Transform } from 'class-transformer'
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator'
import { EvidenceSettings } from '#case-handling'
import { SASL_MECHANISMS, type SaslMechanism } from '#messaging'
import { IsProtectedConnection } from './kafka-transport'

/** Where events are published to: the same for the worker and for all in one. */
export class KafkaSettings extends EvidenceSettings {
  /** Brokers of Apache Kafka; without them nothing is published. */
  @IsOptional()
  @Matches(/^[\w.-]+:\d+(,[\w.-]+:\d+)*$/, { message: 'must be addresses like kafka-1:9092,kafka-2:9092' })
  @IsProtectedConnection()
  KAFKA_BROKERS?: string

  /** `true`: TLS. `false`: plain text, on purpose; needed for brokers on another host without TLS. */
  @IsOptional()
  @Transform(({ obj }: { obj: Record<string, unknown> }) => asBoolean(obj['KAFKA_SSL']))
  @IsBoolean({ message: 'must be true or false' })
  KAFKA_SSL?: boolean

  /** PEM: the authorities that may have signed the brokers' certificates; usually given as KAFKA_SSL_CA_FILE. Absent: those that Node knows. */
  @IsOptional()
  @IsString()
  KAFKA_SSL_CA?: string

  /** PEM: our own certificate and its key, for brokers that ask for one; usually given as …_FILE. */
  @IsOptional()
  @IsString()
  KAFKA_SSL_CERT?: string

  @IsOptional()
  @IsString()
  KAFKA_SSL_KEY?: string

  @IsOptional()
  @IsIn(SASL_MECHANISMS, { message: `must be one of ${SASL_MECHANISMS.join(', ')}` })
  KAFKA_SASL_MECHANISM?: SaslMechanism

  @IsOptional()
  @IsString()
  KAFKA_SASL_USERNAME?: string

  /** Better given as KAFKA_SASL_PASSWORD_FILE. */
  @IsOptional()
  @IsString()
  KAFKA_SASL_PASSWORD?: string

  /** The prefix of the names of our topics. */
  @Matches(/^[\w.-]*$/, { message: 'may hold letters, digits, dots, dashes and underscores' })
  KAFKA_PREFIX = 'shouhou.'

  /** Copies of every message, of topics that are made by us. */
  @IsInt()
  @Min(1)
  @Max(9)
  KAFKA_REPLICAS = 1

  /** Shares into which the cases are cut for publishing; the same for all workers. */
  @IsInt()
  @Min(1)
  @Max(16)
  PUBLISH_SHARES = 1

  /** Seconds in which an adapter outside may begin an action and answer; then it is in doubt. */
  @IsInt()
  @Min(2)
  @Max(60)
  ADAPTER_ANSWER_SECONDS = 60
}

const asBoolean = (value: unknown): unknown =>
  value === 'true' || value === true ? true : value === 'false' || value === false ? false : value
