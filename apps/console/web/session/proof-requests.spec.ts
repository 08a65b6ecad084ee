import { askForProof, expectProofDialog, showProofDialogWith } from './proof-requests'

describe('askForProof', () => {
  it('asks once for several requests at a time, and again for a later one', async () => {
    const answers: ((proven: boolean) => void)[] = []
    const remove = showProofDialogWith((answer) => answers.push(answer))
    const both = Promise.all([askForProof(), askForProof()])
    expect(answers).toHaveLength(1)
    answers[0]?.(true)
    expect(await both).toEqual([true, true])
    const later = askForProof()
    expect(answers).toHaveLength(2)
    answers[1]?.(false)
    expect(await later).toBe(false)
    remove()
  })

  it('is answered with no where the dialog goes away, as when the log-in ends, and works after the next log-in', async () => {
    const removeFirst = showProofDialogWith(() => undefined)
    const waiting = askForProof()
    removeFirst()
    expect(await waiting).toBe(false)
    expect(await askForProof()).toBe(false)
    const removeSecond = showProofDialogWith((answer) => answer(true))
    expect(await askForProof()).toBe(true)
    removeSecond()
  })
})

describe('a request for a proof before the dialog is loaded', () => {
  it('is asked as soon as the dialog is there', async () => {
    const forget = expectProofDialog()
    const proven = askForProof()
    const remove = showProofDialogWith((answer) => answer(true))
    expect(await proven).toBe(true)
    remove()
    forget()
  })

  it('ends unproven when the screens behind the log-in are left', async () => {
    const forget = expectProofDialog()
    const proven = askForProof()
    forget()
    expect(await proven).toBe(false)
    expect(await askForProof()).toBe(false)
  })
})
