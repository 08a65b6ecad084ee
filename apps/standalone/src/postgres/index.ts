export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresSettings } from './embedded-postgres'
export { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries'
export { isAlive, childrenOf, sendSignal } from './server-processes'
