import type { ApiPropertyOptions } from '@nestjs/swagger'
import { ApiProperty } from '@nestjs/swagger'

/**
 * The fields that answers are made of. A field is always present unless it says `required: false`; it may be null only
 * where it says `nullable: true`, and null means that it is unknown or that there is none.
 */
type Options = Pick<ApiPropertyOptions, 'description' | 'nullable' | 'required' | 'isArray'> & {
  readonly example?: unknown
}

const field = (schema: ApiPropertyOptions, options: Options = {}): PropertyDecorator =>
  ApiProperty({ ...schema, ...options } as ApiPropertyOptions)

export const Text = (options?: Options): PropertyDecorator => field({ type: String }, options)

export const Uuid = (options?: Options): PropertyDecorator => field({ type: String, format: 'uuid' }, options)

/** ISO 8601 in UTC. */
export const InstantField = (options?: Options): PropertyDecorator =>
  field({ type: String, format: 'date-time', example: '2026-11-22T04:00:00.000Z' }, options)

/** Milliseconds since 1970, where an answer hands out a value of the model as it is. */
export const Milliseconds = (options?: Options): PropertyDecorator => field({ type: 'integer' }, options)

export const Fen = (options?: Options): PropertyDecorator =>
  field({ type: 'integer', example: 8900 }, { description: 'Fen (0.01 CNY).', ...options })

export const Count = (options?: Options): PropertyDecorator => field({ type: 'integer' }, options)

export const Flag = (options?: Options): PropertyDecorator => field({ type: Boolean }, options)

/** One of a closed list of words; a list with a name is a schema of its own. */
export const OneOf = (words: readonly string[] | object, name?: string, options?: Options): PropertyDecorator =>
  field(
    {
      enum: Array.isArray(words) ? [...(words as readonly string[])] : Object.keys(words),
      ...(name === undefined ? {} : { enumName: name }),
    } as ApiPropertyOptions,
    options,
  )

type ClassOf = () => abstract new (...arguments_: never[]) => object

export const One = (classOf: ClassOf, options?: Options): PropertyDecorator =>
  // Swagger calls a function late only if its name is `type`.
  field({ type: () => classOf() } as ApiPropertyOptions, options)

export const Many = (classOf: ClassOf, options?: Options): PropertyDecorator =>
  One(classOf, { ...options, isArray: true })

export const Texts = (options?: Options): PropertyDecorator => field({ type: [String] }, options)

/** A document whose fields are described elsewhere, or are free. */
export const Document = (options?: Options): PropertyDecorator =>
  field({ type: 'object', additionalProperties: true }, options)
