import { SetMetadata, applyDecorators } from '@nestjs/common'
import { ApiExtension } from '@nestjs/swagger'

/** What a caller may be allowed to do. Each operation needs exactly one of them. */
export const PERMISSIONS = [
  'queue.read',
  'cases.read',
  'cases.act',
  'evidence.write',
  'appeals.write',
  'strategies.read',
  'strategies.write',
  'strategies.grant',
  'trials.run',
  'stores.read',
  'stores.write',
  'messages.read',
  'quarantine.write',
  'deadLetters.write',
] as const

export type PermissionName = (typeof PERMISSIONS)[number]

/** What an operation asks of its caller: a permission, to be signed in, or nothing. */
export type Access = PermissionName | 'signed-in' | 'public'

export const ACCESS = 'access of the operation'

const declared = (access: Access): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension('x-permission', access))

/** The permission that an operation needs; an operation without a declaration fails `operations.spec.ts`. */
export const Permission = (name: PermissionName): MethodDecorator => declared(name)

/** For every role: an operation that shows nothing of a case, or only what belongs to the caller. */
export const SignedIn = (): MethodDecorator => declared('signed-in')

/** Answered without log-in: what a caller needs in order to log in, and descriptions of the interfaces. */
export const Public = (): MethodDecorator & ClassDecorator => declared('public')
