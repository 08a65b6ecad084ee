/** What is wrong with a command, for the person who gave it: its usage, or why it is refused. Printed as it is, without a stack. */
export class CommandError extends Error {}
