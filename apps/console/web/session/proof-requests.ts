/** Called with whether the reader gave a right password or code; `false`: cancelled. */
type ProofAnswer = (proven: boolean) => void

let openDialog: ((answer: ProofAnswer) => void) | undefined
let pending: Promise<boolean> | undefined
let settlePending: ProofAnswer = () => undefined

/** Registers the dialog, which is on every screen behind the log-in. The returned function removes it. */
export function showProofDialogWith(open: (answer: ProofAnswer) => void): () => void {
  openDialog = open
  return () => {
    if (openDialog !== open) return
    openDialog = undefined
    // The log-in has ended while the dialog was open: requests that wait for it must not wait forever.
    settlePending(false)
  }
}

/** Asks for password or code; several requests at once wait for one answer. `false`: the reader cancelled. */
export function askForProof(): Promise<boolean> {
  if (openDialog === undefined) return Promise.resolve(false)
  const open = openDialog
  pending ??= new Promise<boolean>((resolve) => {
    settlePending = resolve
    open(resolve)
  }).finally(() => (pending = undefined))
  return pending
}
