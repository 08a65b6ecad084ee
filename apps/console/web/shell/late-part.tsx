import { Component, lazy, Suspense } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { StaleVersion } from '../api/stale-version'
import { loadLateTexts } from '../i18n/language'

/**
 * A part of the first screen that the queue can do without for a moment: `latePart(() => import('./menu'), 'Menu', Waiting)`.
 * It is loaded at once, but the queue does not wait for it; `Waiting` has its place, and keeps it when it cannot be loaded.
 */
export function latePart<Name extends string, Props extends object>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
  Waiting: ComponentType<Props>,
): ComponentType<Props> {
  const Part = lazyChunk(load, name)
  return (props) => (
    <OrElse else={<Waiting {...props} />}>
      <Suspense fallback={<Waiting {...props} />}>
        <Part {...props} />
      </Suspense>
    </OrElse>
  )
}

/** A dialog of every screen. Nothing stands in for it: where it cannot be loaded, the reader is asked to reload. */
export function lateDialog<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): ComponentType {
  const Dialog = lazyChunk(load, name)
  return () => (
    <Suspense fallback={null}>
      <Dialog />
    </Suspense>
  )
}

/** Loads a module with the texts of the other screens. */
export const lazyChunk = <Name extends string, Props extends object>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
) =>
  lazy(() =>
    Promise.all([load(), loadLateTexts()]).then(
      // React hands the props on as they are; without the widening it asks for those of a type that is not known here.
      ([chunk]) => ({ default: chunk[name] as ComponentType<object> }),
      (cause: unknown) => Promise.reject(new StaleVersion(cause)),
    ),
  )

interface OrElseProps {
  children: ReactNode
  else: ReactNode
}

class OrElse extends Component<OrElseProps, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? this.props.else : this.props.children
  }
}
