/** Called with whether the reader gave a right password or code; `false`: cancelled. */
type ProofAnswer = (proven: boolean) => void

/** Whether the dialog is shown or still being loaded. */
let isExpected = false
let openDialog: ((answer: ProofAnswer) => void) | undefined
let pending: Promise<boolean> | undefined
let settlePending: ProofAnswer = () => undefined

/** The dialog is on its way: requests wait for it. The returned function ends that. */
export function expectProofDialog(): () => void {
  isExpected = true
  return () => {
    isExpected = false
    settlePending(false)
  }
}

/** Registers the dialog, which is on every screen behind the log-in. The returned function removes it. */
export function showProofDialogWith(open: (answer: ProofAnswer) => void): () => void {
  openDialog = open
  if (pending !== undefined) open(settlePending)
  return () => {
    if (openDialog !== open) return
    openDialog = undefined
    // The log-in has ended while the dialog was open: requests that wait for it must not wait forever.
    settlePending(false)
  }
}

/** Asks for password or code; several requests at once wait for one answer. `false`: the reader cancelled. */
export function askForProof(): Promise<boolean> {
  if (openDialog === undefined && !isExpected) return Promise.resolve(false)
  pending ??= new Promise<boolean>((resolve) => {
    settlePending = resolve
    openDialog?.(resolve)
  }).finally(() => (pending = undefined))
  return pending
}
