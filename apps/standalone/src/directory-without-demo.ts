import type { App } from '#access'
import { DEMO_ORGANISATION, Directory } from '#access'

type RegisteredDirectory = Awaited<ReturnType<Directory['current']>>

/**
 * The directory of a start without the demonstration, over a database that has had one: the demonstration's organisation,
 * apps and stores are as if they had never been entered. Its pushes are those of an unknown app; nothing is read from its
 * marketplaces, which do not run, and nothing is sent to what may listen in their place. What it left stays in the
 * tables, and the next demonstration continues with it.
 */
export class DirectoryWithoutDemo extends Directory {
  private last: { readonly all: RegisteredDirectory; readonly shown: RegisteredDirectory } | undefined

  override async current(): Promise<RegisteredDirectory> {
    const all = await super.current()
    if (this.last?.all !== all) this.last = { all, shown: withoutDemo(all) }
    return this.last.shown
  }

  override async findAppUncached(marketplace: string, appKey: string): Promise<App | undefined> {
    const { apps } = await super.current()
    const known = apps.find((app) => app.marketplace === marketplace && app.appKey === appKey)
    const shown = known === undefined || (await this.current()).apps.includes(known)
    // No app has a key like this: the answer takes as long as for any unknown app, and no more work.
    return super.findAppUncached(marketplace, shown ? appKey : `-${appKey}`)
  }
}

function withoutDemo(all: RegisteredDirectory): RegisteredDirectory {
  const organisations = all.organisations.filter(({ slug }) => slug !== DEMO_ORGANISATION.slug)
  const ours = new Set(organisations.map(({ id }) => id))
  const of = <T extends { readonly org: number }>(rows: readonly T[]): T[] => rows.filter(({ org }) => ours.has(org))
  return { ...all, organisations, apps: of(all.apps), stores: of(all.stores) }
}
