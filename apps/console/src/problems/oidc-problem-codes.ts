/** What goes wrong with the log-in through an organisation's provider. */
export const OIDC_PROBLEM_CODES = {
  'oidc-unknown': [
    404,
    'No such log-in',
    'There is no log-in through a provider at this address. Ask an owner of your organisation for its log-in link.',
  ],
  'oidc-start-again': [
    409,
    'Start again',
    'This log-in was not begun in this browser, took too long, or was completed already. Start again.',
  ],
  'oidc-unreachable': [
    409,
    'Provider not reached',
    'The organisation’s log-in provider does not answer as one. Try again in a minute; then tell an owner, who can check the issuer.',
  ],
  'oidc-declined': [
    409,
    'Refused by the provider',
    'The log-in provider did not let you in; `reason` has its code. Start again, or ask its administrator.',
  ],
  'oidc-code-refused': [
    409,
    'Code refused',
    'The log-in provider did not accept its own code: it was used before, or the client secret is wrong. Start again; if that does not help, tell an owner.',
  ],
  'oidc-not-verified': [
    409,
    'Answer not genuine',
    'The provider’s answer did not pass the checks, so there was no log-in. Start again; if it happens again, tell an owner.',
  ],
  'oidc-not-linked': [
    403,
    'Not linked to a person',
    'No person here is linked to this account. Open your invitation with it, or log in with your password and link it under “My account”.',
  ],
  'oidc-person-disabled': [403, 'Disabled', 'An owner has taken your access away. Ask an owner of your organisation.'],
  'oidc-not-allowed': [
    403,
    'Not allowed by the organisation',
    'This account is of another e-mail domain or role than the organisation lets in. Ask an owner.',
  ],
  'oidc-already-linked': [
    409,
    'Already linked',
    'This account is linked to another person, or you are linked to another account. Unlink that one first.',
  ],
  'oidc-not-fresh': [
    403,
    'Not a new proof',
    'The provider did not ask who you are again. Log in there again, or confirm with your password.',
  ],
  'oidc-other-person': [403, 'Another person', 'You confirmed with the account of another person. Use your own.'],
  'oidc-wanted': [
    403,
    'Log in through your organisation',
    'Your organisation requires its own log-in. Open `/login?org=…` with `organisation` of this answer.',
  ],
  'oidc-secret-missing': [
    409,
    'Client secret missing',
    'For another issuer or client enter its client secret as well.',
  ],
  'oidc-client-refused': [
    409,
    'Client refused',
    'The provider does not accept this client id with this secret. Nothing was stored. Copy both from the provider again.',
  ],
  'oidc-owner-without-password': [
    409,
    'No owner with a password',
    'Before the provider is required, an owner needs a password, so that one person gets in when the provider is down.',
  ],
  'oidc-no-other-log-in': [
    409,
    'No other log-in',
    'Without this link you could not log in any more. Ask an owner for a link for a password first.',
  ],
  'oidc-address-not-allowed': [
    400,
    'Address not allowed',
    'A provider has an https address on the internet. INSECURE_HOSTS of the console names other hosts.',
  ],
} as const
