import { SetMetadata, applyDecorators } from '@nestjs/common'
import { ApiExtension } from '@nestjs/swagger'
import type { Permission as PermissionName } from '#access'

/** What an operation needs: one of these permissions, or no log-in at all. */
export type Access = readonly PermissionName[] | 'public'

export const ACCESS = 'access of the operation'
export const RECENT_PROOF = 'operation that needs a recent proof of who asks'

const declareAccess = (access: Access): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension('x-permission', [access].flat()))

/**
 * The permission that an operation needs; of several, one is enough, and the operation checks which. An operation without
 * a declaration fails `operations.spec.ts` and is refused.
 */
export const Permission = (...names: readonly [PermissionName, ...PermissionName[]]): MethodDecorator =>
  declareAccess(names)

/** Answered without log-in: what a caller needs in order to log in, the page, and descriptions of the interfaces. */
export const Public = (): MethodDecorator & ClassDecorator => declareAccess('public')

/** Only for a person who gave password or code within the last five minutes: grants, keys, people. */
export const RecentProof = (): MethodDecorator => SetMetadata(RECENT_PROOF, true)
