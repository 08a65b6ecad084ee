import { useState } from 'react'
import { useMay, useMe } from '../session/use-me'
import { NOTHING_SELECTED, type Selection } from './selection'

/** The last selection, and of which person and list: who opens a case and comes back finds it again. */
let kept: { readonly of: string; readonly selection: Selection } | undefined

export interface SelectionState {
  readonly selection: Selection
  readonly set: (next: Selection) => void
}

/** What is selected of the list; undefined where the reader may do nothing with a selection. Another list begins with none. */
export function useSelection(list: string): SelectionState | undefined {
  const { data: me } = useMe()
  const mayAct = { free: useMay('cases.act'), money: useMay('money.act') }
  const of = `${me?.id} ${list}`
  const [, render] = useState({})
  if (!mayAct.free && !mayAct.money) return undefined
  return {
    selection: kept?.of === of ? kept.selection : NOTHING_SELECTED,
    set: (selection) => {
      kept = { of, selection }
      render({})
    },
  }
}
