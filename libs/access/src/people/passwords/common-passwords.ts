/** Words that the commonest passwords of leaked lists are made of, alone or with digits and marks around them. */
const COMMON_WORDS = [
  ...['password', 'passw0rd', 'passwort', 'p@ssw0rd', 'p@ssword', 'pass', 'letmein', 'welcome', 'welcometo', 'admin'],
  ...['administrator', 'root', 'superuser', 'user', 'guest', 'test', 'testing', 'default', 'changeme', 'changeit'],
  ...['iloveyou', 'iloveu', 'princess', 'sunshine', 'football', 'baseball', 'basketball', 'superman', 'batman'],
  ...['monkey', 'dragon', 'master', 'shadow', 'michael', 'jennifer', 'charlie', 'jordan', 'liverpool', 'chelsea'],
  ...['starwars', 'trustno1', 'whatever', 'freedom', 'hello', 'helloworld', 'login', 'secret', 'computer', 'internet'],
  ...['samsung', 'google', 'facebook', 'alibaba', 'shouhou', 'console'],
  ...['woaini', 'woaiwojia', 'wodemima', 'mima', 'nihao', 'zhongguo', 'beijing', 'shanghai', 'caonima', 'tiantian'],
  ...['aini', 'asdf', 'asdfghjkl', 'qwer', 'qwerty', 'qwertyuiop', 'azerty', 'zxcvbnm', 'zaq', 'qaz', 'abc', 'abcd'],
  ...[
    'q1w2e3r4',
    '1q2w3e4r',
    '1q2w3e4r5t',
    '1q2w3e4r5t6y',
    '1qaz2wsx',
    '1qaz2wsx3edc',
    'zaq12wsx',
    'qazwsx',
    'qazwsxedc',
  ],
  ...[
    'correcthorsebatterystaple',
    'thisisapassword',
    'mypassword',
    'yourpassword',
    'newpassword',
    'loveyou',
    'forever',
  ],
]

/** Rows of the keyboard, the alphabet, the digits: passwords that are a walk along them. */
const KEY_ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
]

const DIGITS_AND_MARKS = /^[\d\W_]+|[\d\W_]+$/gu
const commonWords = new Set(COMMON_WORDS)
const reverseText = (text: string): string => [...text].reverse().join('')
const keyboardWalks = KEY_ROWS.flatMap((walk) => [walk, reverseText(walk)]).map((walk) => walk.repeat(12))

/** @param password in lower case */
export function isCommonPassword(password: string): boolean {
  if (new Set(password).size < 5) return true
  if (keyboardWalks.some((walk) => walk.includes(password))) return true
  const core = password.replace(DIGITS_AND_MARKS, '')
  return (
    commonWords.has(core) ||
    commonWords.has(password) ||
    commonWords.has(shortestPeriodOf(core)) ||
    walksAlone(core, password)
  )
}

/** Letters that are a walk, digits that are one: `qwertyuiop123`. */
const walksAlone = (core: string, password: string): boolean =>
  core.length > 2 &&
  keyboardWalks.some((walk) => walk.includes(core)) &&
  password
    .split(core)
    .every((rest) => rest === '' || keyboardWalks.some((walk) => walk.includes(rest)) || new Set(rest).size === 1)

/** `abab` is twice `ab`. */
function shortestPeriodOf(text: string): string {
  const at = (text + text).indexOf(text, 1)
  return at > 0 ? text.slice(0, at) : text
}
