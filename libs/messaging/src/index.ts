export * from './topics'
