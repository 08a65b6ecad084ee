import { withoutPgVariables } from './server-environment'

describe('variables of the shell that are meant for another PostgreSQL (fault D1)', () => {
  it('are not given to a server that is started', () => {
    const shell = { PGSSLMODE: 'require', PGDATA: '/d', PG_COLOR: 'auto', PATH: '/bin', PAGER: 'less', XPGHOST: 'h' }
    expect(withoutPgVariables(shell)).toEqual({ PG_COLOR: 'auto', PATH: '/bin', PAGER: 'less', XPGHOST: 'h' })
  })
})
