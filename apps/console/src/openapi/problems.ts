import { applyDecorators } from '@nestjs/common'
import type { ApiResponseNoStatusOptions } from '@nestjs/swagger'
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger'
import type { ProblemCode } from '../problems/problem-codes'
import { PROBLEM_CODES } from '../problems/problem-codes'
import { ProblemAnswer } from './problem.answer'

/** The problems that any operation can answer; they are declared as the `default` answer. */
export const PROBLEMS_ANYWHERE = [
  'not-signed-in',
  'forbidden',
  'foreign-origin',
  'for-people-only',
  'not-allowed',
  // A part of the address that is longer than any id matches no route.
  'not-found',
  'too-slow',
  'too-large',
  'address-too-long',
  'wrong-content-type',
  'internal',
  'in-use',
  'database-away',
] as const satisfies readonly ProblemCode[]

/** Declares the problems that an operation answers besides those that any operation can, each by its code. */
export function Problems(...codes: ProblemCode[]): MethodDecorator {
  const statuses = [...new Set(codes.map(statusOf))]
  // What any operation can answer with the same status belongs to it.
  const all = [...new Set([...codes, ...PROBLEMS_ANYWHERE])]
  return applyDecorators(
    ApiExtraModels(ProblemAnswer),
    ...statuses.map((status) =>
      ApiResponse({ status, ...problemAnswer(all.filter((code) => statusOf(code) === status)) }),
    ),
  )
}

const statusOf = (code: ProblemCode): number => PROBLEM_CODES[code][0]

/** The one class of problems, narrowed to the codes that are possible here. */
function problemAnswer(codes: readonly ProblemCode[]): ApiResponseNoStatusOptions {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEM_CODES[code][2]}`).join('<br>'),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: getSchemaPath(ProblemAnswer) },
            { type: 'object', properties: { code: { type: 'string', enum: [...codes] } }, required: ['code'] },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  }
}

function exampleOf(code: ProblemCode): object {
  const [status, title, detail] = PROBLEM_CODES[code]
  return { type: 'about:blank', title, status, code, detail }
}

/** What every operation can answer besides. */
export const ANY_OTHER_PROBLEM: ApiResponseNoStatusOptions = {
  description: 'Any other problem',
  content: {
    'application/problem+json': { schema: { $ref: getSchemaPath(ProblemAnswer) }, example: exampleOf('in-use') },
  },
}
