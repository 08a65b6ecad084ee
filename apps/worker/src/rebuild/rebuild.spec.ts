import { QUESTIONS, projections } from '#read-models'
import { parseRebuildArguments } from './arguments'

const namesOf = (...words: string[]): string[] =>
  parseRebuildArguments(words, QUESTIONS).readModels.map(({ name }) => name)

describe('npm run rebuild', () => {
  it('takes a question with all its read models, one read model, several, or all', () => {
    expect(namesOf('appeals')).toEqual(['appeal-results', 'appeal-candidates'])
    expect(namesOf('appeal-candidates')).toEqual(['appeal-candidates'])
    expect(namesOf('tasks', 'case-search', 'tasks')).toEqual(['tasks', 'case-search'])
    expect(namesOf('all')).toEqual(projections.map(({ name }) => name))
  })

  it('continues an interrupted rebuild unless it is to start over', () => {
    expect(parseRebuildArguments(['tasks'], QUESTIONS).startOver).toBe(false)
    expect(parseRebuildArguments(['tasks', '--start-over'], QUESTIONS).startOver).toBe(true)
  })

  it.each([
    ['without a name', [] as string[]],
    ['for an unknown name', ['everything']],
    ['for a question that keeps no rows', ['timeline']],
  ])('lists every read model with its tables %s', (_when, words) => {
    const said = ((): string => {
      try {
        return namesOf(...words).join()
      } catch (error) {
        return (error as Error).message
      }
    })()
    for (const { name, tables } of projections) expect(said).toContain(`${name} (${tables[0].name}`)
  })
})
