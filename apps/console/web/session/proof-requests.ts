type Answer = (proven: boolean) => void

let show: ((answer: Answer) => void) | undefined
let pending: Promise<boolean> | undefined

/** The dialog, which is on every screen of those who are logged in. Returns how to take it away. */
export function showProofDialogWith(open: (answer: Answer) => void): () => void {
  show = open
  return () => {
    if (show === open) show = undefined
  }
}

/** Asks for password or code; several requests at once wait for one answer. `false`: the reader would rather not. */
export function askForProof(): Promise<boolean> {
  if (show === undefined) return Promise.resolve(false)
  const open = show
  pending ??= new Promise<boolean>((resolve) => open(resolve)).finally(() => (pending = undefined))
  return pending
}
