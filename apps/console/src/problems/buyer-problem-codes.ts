/** Why a buyer was not revealed, or not erased. */
export const BUYER_PROBLEM_CODES = {
  'reveals-spent': [
    429,
    'Nothing left for today',
    'You have seen as many names and phones as a person may see in a day.',
  ],
  'erasure-of-all-stores': [
    403,
    'Rights for all stores needed',
    'A buyer is erased from all stores, and you are limited to some. Ask an owner of all stores.',
  ],
  'erasure-not-confirmed': [
    409,
    'Not confirmed',
    '`caseNumber` is not the number of this case. Nothing was erased. Type it again.',
  ],
  'erasure-too-large': [
    409,
    'Too many cases',
    'More than 1,000 cases have this phone number: those of a shop or a forwarder rather than of one buyer. `npm run erase` takes them.',
  ],
  'erasure-of-open-cases': [
    409,
    'Cases still open',
    'Some of these cases are still open. Confirm that their evidence is lost (`withOpen`), or wait until they end.',
  ],
  'erasure-action-under-way': [
    409,
    'Action not settled',
    'An action on one of these cases is not settled. Settle or withdraw it first. Nothing was erased.',
  ],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>
