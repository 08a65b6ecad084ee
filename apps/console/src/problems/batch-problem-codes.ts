/** Why a batch of actions was not frozen, not started or not retried. */
export const BATCH_PROBLEM_CODES = {
  'batch-empty': [409, 'No cases', 'No case matches, so there is nothing to freeze.'],
  'batch-too-large': [409, 'Too many cases', 'A batch has at most 5,000 cases. Narrow the filter.'],
  'batch-expired': [409, 'Preview expired', 'The preview is older than ten minutes. Nothing was sent. Make a new one.'],
  'batch-differs': [
    409,
    'Not what was shown',
    'Number, amount or warnings are not those of the frozen set. Nothing was sent. Look at the preview again.',
  ],
  'batch-nothing-to-send': [409, 'Nothing to send', 'Every case of the set is refused. Nothing was sent.'],
  'batch-not-retriable': [
    409,
    'Nothing to retry',
    'Nothing of it has failed that no retry has taken over, it is still running, or it ended more than a day ago.',
  ],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>
