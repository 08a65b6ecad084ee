/** The launcher of `npm start`, for specs of libraries, which may not import a process. */
export { startEmbeddedPostgres, type EmbeddedPostgres } from '../../apps/standalone/src/postgres'
