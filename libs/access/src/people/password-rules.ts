/** What is wrong with a new password. */
export type PasswordFlaw = 'password-too-short' | 'password-too-long' | 'password-common' | 'password-contains-login'
