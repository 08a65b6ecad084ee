import type { StoreFreshness } from '../api/schema'

/** Whether a store is to be fresh at all: one that people have paused or removed raises no alarm. */
export const isRead = ({ state }: Pick<StoreFreshness, 'state'>): boolean => state !== 'paused' && state !== 'removed'
