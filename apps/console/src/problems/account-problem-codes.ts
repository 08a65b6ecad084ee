/** What goes wrong with the own account and its passkeys. */
export const ACCOUNT_PROBLEM_CODES = {
  'works-elsewhere': [
    409,
    'Works elsewhere, too',
    'The person also works for another organisation and changes password and second factor alone.',
  ],
  'passkey-needs-host-name': [
    409,
    'No passkeys under this address',
    'Browsers have passkeys for host names only. Open the console under its public host name (PUBLIC_URL), or as localhost on its own machine.',
  ],
  'passkey-not-verified': [
    409,
    'Passkey not verified',
    'The device’s answer did not pass the checks, took more than five minutes, or was sent before. Nothing was stored. Begin again.',
  ],
  'passkey-known': [409, 'Passkey known already', 'This passkey is registered already. Nothing was changed.'],
  'too-many-passkeys': [
    409,
    'Too many passkeys',
    'A person may have 20 passkeys. Remove one that is not used any more.',
  ],
} as const
