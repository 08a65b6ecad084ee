export * from './health/pulse'
export * from './health/readiness'
export * from './health/stopping'
export * from './health/watch-server'
