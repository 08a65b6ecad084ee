import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common'
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants'
import { ModulesContainer } from '@nestjs/core'
import { AUDITED, type AuditDeclaration } from './audited'
import { ACCESS, type Access } from './permission'

/** One route of a controller, e.g. `GET /api/cases/:id`, with what it asks of its caller. */
export interface DeclaredOperation {
  readonly route: string
  readonly access: Access | undefined
  /** How the audit names it. */
  readonly audited?: AuditDeclaration
}

/** Every route of every controller of the application. */
export function operationsOf(app: INestApplicationContext): DeclaredOperation[] {
  const modules = [...app.get(ModulesContainer).values()]
  const controllers = modules.flatMap(({ controllers: all }) => [...all.values()].map(({ metatype }) => metatype))
  return controllers.flatMap((controller) => operationsOfController(controller as Type))
}

export function operationsOfController(controller: Type): DeclaredOperation[] {
  const prototype = controller.prototype as Readonly<Record<string, unknown>>
  const root = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '')
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method = prototype[name] as object
    const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined
    if (verb === undefined) return []
    const access = (Reflect.getMetadata(ACCESS, method) ?? Reflect.getMetadata(ACCESS, controller)) as
      Access | undefined
    const audited = Reflect.getMetadata(AUDITED, method) as AuditDeclaration | undefined
    const paths = [Reflect.getMetadata(PATH_METADATA, method) as string | string[]].flat()
    return paths.map((path) => ({
      route: `${RequestMethod[verb]} /${[root, path]
        .flatMap((part) => part.split('/'))
        .filter(Boolean)
        .join('/')}`,
      access,
      ...(audited === undefined ? {} : { audited }),
    }))
  })
}
