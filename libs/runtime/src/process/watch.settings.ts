import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator'

/** How a process is monitored: the same settings for all of them. */
export class WatchSettings {
  /** Where `/metrics` is answered; absent: nowhere. Never on a port that is open to others. */
  @IsOptional()
  @IsInt({ message: 'must be a port number' })
  @Min(0)
  @Max(65_535)
  METRICS_PORT?: number

  /** Metrics show how a business goes: they are for this machine only, unless set otherwise. */
  @IsString()
  METRICS_HOST = '127.0.0.1'

  /**
   * Host names, with commas between, under which a scraper on another machine asks for `/metrics`. This machine's own
   * names always do, and any IP address where METRICS_HOST is not the loopback address.
   */
  @Matches(/^([\w.-]+(,[\w.-]+)*)?$/, { message: 'must be host names with commas between' })
  METRICS_NAMES = ''

  /** Absent: lines of JSON, except to a terminal. */
  @IsOptional()
  @IsIn(['json', 'text'], { message: 'must be json or text' })
  LOG_FORMAT?: 'json' | 'text'

  /** Where traces are sent to, by OTLP over HTTP; absent: none are made. */
  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an http address, like http://127.0.0.1:4318' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string

  /** Share of messages that are traced, 0 to 1. */
  @IsOptional()
  @Matches(/^(0(\.\d+)?|1(\.0+)?)$/, { message: 'must be a share from 0 to 1' })
  OTEL_TRACES_SAMPLER_ARG?: string
}
