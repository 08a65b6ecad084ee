import type { ApiPropertyOptions } from '@nestjs/swagger'
import { ApiProperty } from '@nestjs/swagger'

/**
 * Decorators that declare the fields of answer classes for `/openapi.json`. A field is always present unless it says `required: false`;
 * it may be null only where it says `nullable: true`, and null means that it is unknown or that there is none.
 */
type FieldOptions = Pick<ApiPropertyOptions, 'description' | 'nullable' | 'required' | 'isArray'> & {
  readonly example?: unknown
}

const field = (schema: ApiPropertyOptions, options: FieldOptions = {}): PropertyDecorator =>
  ApiProperty({ ...schema, ...options } as ApiPropertyOptions)

export const TextField = (options?: FieldOptions): PropertyDecorator => field({ type: String }, options)

export const UuidField = (options?: FieldOptions): PropertyDecorator => field({ type: String, format: 'uuid' }, options)

/** ISO 8601 in UTC. */
export const InstantField = (options?: FieldOptions): PropertyDecorator =>
  field({ type: String, format: 'date-time', example: '2026-11-22T04:00:00.000Z' }, options)

/** Milliseconds since 1970, where an answer hands out a value of the model as it is. */
export const MillisecondsField = (options?: FieldOptions): PropertyDecorator => field({ type: 'integer' }, options)

export const FenField = (options?: FieldOptions): PropertyDecorator =>
  field({ type: 'integer', example: 8900 }, { description: 'Fen (0.01 CNY).', ...options })

export const CountField = (options?: FieldOptions): PropertyDecorator => field({ type: 'integer' }, options)

/** A number that may have a fraction. */
export const NumberField = (options?: FieldOptions): PropertyDecorator => field({ type: Number }, options)

export const FlagField = (options?: FieldOptions): PropertyDecorator => field({ type: Boolean }, options)

/** One of a closed list of words; a list with a name is a schema of its own. */
export const EnumField = (
  words: readonly string[] | object,
  name?: string,
  options?: FieldOptions,
): PropertyDecorator =>
  field(
    {
      enum: Array.isArray(words) ? [...(words as readonly string[])] : Object.keys(words),
      ...(name === undefined ? {} : { enumName: name }),
    } as ApiPropertyOptions,
    options,
  )

type ClassOf = () => abstract new (...arguments_: never[]) => object

export const ObjectField = (classOf: ClassOf, options?: FieldOptions): PropertyDecorator =>
  // Swagger calls a function late only if its name is `type`.
  field({ type: () => classOf() } as ApiPropertyOptions, options)

export const ObjectListField = (classOf: ClassOf, options?: FieldOptions): PropertyDecorator =>
  ObjectField(classOf, { ...options, isArray: true })

export const TextListField = (options?: FieldOptions): PropertyDecorator => field({ type: [String] }, options)

/** A JSON object whose fields are described elsewhere, or are free. */
export const JsonField = (options?: FieldOptions): PropertyDecorator =>
  field({ type: 'object', additionalProperties: true }, options)
