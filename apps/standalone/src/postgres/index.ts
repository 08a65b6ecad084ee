export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresSettings } from './embedded-postgres'
export { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries'
export { alive, childrenOf, signal } from './server-processes'
