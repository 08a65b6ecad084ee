import { CommandError } from '#runtime'

const COMMANDS = ['roles', 'check', 'migrate', 'apply'] as const

export interface DatabaseArguments {
  readonly do: (typeof COMMANDS)[number]
  /** Each process has an address that logs in as its role, so the owner need not act as it. */
  readonly ownAddresses: boolean
}

export const USAGE = `npm run database -- roles    prints the SQL that an administrator of the server has to run; nothing where all is right
npm run database -- check    says what of roles, grants and row-level security is not as it should be; exit code 1 where something is
npm run database -- migrate  brings the tables up to date, and sets the passwords of the roles to those of GATEWAY_DATABASE_URL,
                             WORKER_DATABASE_URL and CONSOLE_DATABASE_URL where they are given
npm run database -- apply    the same, and applies grants and row-level security again, whatever was changed by hand
  --own-addresses            with roles and check: each process logs in as its role, and the owner need not act as one`

/** @throws CommandError with the usage */
export function parseDatabaseArguments(words: readonly string[]): DatabaseArguments {
  const [first, ...rest] = words
  const command = COMMANDS.find((one) => one === first)
  const ownAddresses = rest.join(' ') === '--own-addresses'
  const mayHaveWords = command === 'roles' || command === 'check'
  if (command === undefined || (rest.length > 0 && !(ownAddresses && mayHaveWords))) throw new CommandError(USAGE)
  return { do: command, ownAddresses }
}
