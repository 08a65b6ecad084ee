import { dropPgVariables, pgVariablesIn } from './pg-environment'

const shell = {
  PGSSLMODE: 'require',
  PGOPTIONS: '-c x=y',
  PGDATA: '/d',
  PG_COLOR: 'auto',
  PATH: '/bin',
  PAGER: 'less',
  XPGHOST: 'h',
}

describe('variables of the shell that are meant for another PostgreSQL (fault D1)', () => {
  it('are known by their prefix', () => {
    expect(pgVariablesIn(shell)).toEqual(['PGDATA', 'PGOPTIONS', 'PGSSLMODE'])
  })

  it('are removed and named', () => {
    const env = { ...shell }
    expect(dropPgVariables(env)).toEqual(['PGDATA', 'PGOPTIONS', 'PGSSLMODE'])
    expect(pgVariablesIn(env)).toEqual([])
  })
})
