import { Suspense } from 'react'
import type { ComponentType } from 'react'
import { Skeleton } from '../components/skeleton'
import { lazyChunk } from './late-part'

/** Loads of the screens, to be started while the network is idle. */
const loads: (() => Promise<unknown>)[] = []

/**
 * A screen in a chunk of its own: `lazyPage(() => import('./case-page'), 'CasePage')`. A chunk that is missing belongs to a
 * version of the page that the server no longer has; the reader is asked to reload.
 */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): ComponentType {
  loads.push(load)
  const Page = lazyChunk(load, name)
  return () => (
    <Suspense fallback={<Skeleton />}>
      <Page />
    </Suspense>
  )
}

/** Loads the other screens one after the other, so that the first click on each is answered at once. */
export async function loadOtherPages(): Promise<void> {
  // A screen that cannot be loaded now is loaded when it is opened, and reports the failure then.
  for (const load of loads) await load().catch(() => undefined)
}
