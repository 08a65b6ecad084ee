import type { peopleZh } from './zh-people'

export const peopleEn: typeof peopleZh = {
  session: {
    title: 'Log in',
    login: 'Login or e-mail',
    password: 'Password',
    logIn: 'Log in',
    logOut: 'Log out',
    noAccount: 'No account? Ask an owner of your organisation for a one-time link.',
    secondFactor: 'Second factor',
    secondFactorLead: 'Enter the six digits of your authenticator app, or a recovery code.',
    code: 'Code',
    back: 'Back to log-in',
    welcome: 'Welcome',
    welcomeTo: 'Welcome to {{organisation}}',
    lead: {
      owner: 'You will be the owner of this organisation. Choose a login and a password.',
      invite: 'Choose a login and a password. This link can be used once.',
    },
    noLink: 'The link is incomplete',
    noLinkLead: 'Copy the whole link, including what follows #.',
    newPassword: 'Choose a new password',
    newPasswordLead: 'Login: {{login}}. All other sessions will end.',
    yourLogin: 'Your login: {{login}}',
    loginHint: 'Letters, digits and . _ @ + -; it cannot be changed later.',
    displayName: 'Name that colleagues see',
    passwordHint: 'At least 12 characters; longer is better.',
    enter: 'Continue',
    proof: 'Confirm that it is you',
    proofLead:
      'This step moves money or rights. Enter your password, or the code of your authenticator app if you use one. It counts for five minutes.',
    proofByClick:
      'This step moves money or rights. The demonstration has no password: “Confirm” is enough, for five minutes. Choose a password under “My account”.',
    passwordOrCode: 'Password or code',
    confirm: 'Confirm',
    cancel: 'Cancel',
    account: 'My account',
  },
  role: {
    owner: 'Owner',
    'after-sale-agent': 'After-sale agent',
    'pre-sale-agent': 'Pre-sale agent',
    warehouse: 'Warehouse',
    finance: 'Finance',
    analyst: 'Analyst',
    auditor: 'Auditor',
  },
}
