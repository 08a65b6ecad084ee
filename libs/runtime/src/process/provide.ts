import type { Provider } from '@nestjs/common'

/** The injection token of a value that has no class. Unlike Nest's own type it is checked: `T` is what is injected. */
export type Token<T> = symbol & { readonly provides?: T }

export const token = <T>(name: string): Token<T> => Symbol(name) as Token<T>

type Injected<T> = Token<T> | (abstract new (...args: never[]) => T)
type InjectedAll<A extends readonly unknown[]> = { readonly [K in keyof A]: Injected<A[K]> }

/** A provider for a class with a plain constructor, as those of `case-handling` are: one token for each parameter. */
export const provide = <A extends readonly unknown[], T>(
  type: new (...args: A) => T,
  ...inject: InjectedAll<A>
): Provider => factoryProvider(type, (...args: A) => new type(...args), inject)

/** A provider whose value a function makes: one token for each of its parameters. */
export const provideBy = <A extends readonly unknown[], T>(
  provided: Injected<T>,
  factory: (...args: A) => T,
  ...inject: InjectedAll<A>
): Provider => factoryProvider(provided, factory, inject)

const factoryProvider = (provided: unknown, factory: unknown, inject: readonly unknown[]): Provider => ({
  provide: provided as symbol,
  inject: inject as symbol[],
  useFactory: factory as () => unknown,
})
