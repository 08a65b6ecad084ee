/** Which entries are shown, as in the address bar. */
export interface AuditAddress {
  /** `person:<id>`, `key:<id>` or `anonymous`. */
  actor: string | undefined
  /** A whole action, or its beginning with a dot at the end. */
  action: string | undefined
  /** `<thing>:<id>`. */
  subject: string | undefined
  from: string | undefined
  until: string | undefined
}

const FIELDS = ['actor', 'action', 'subject', 'from', 'until'] as const

/** Total: a time that is none is ignored. */
export function auditAddressOf(params: URLSearchParams): AuditAddress {
  const textOf = (name: (typeof FIELDS)[number]): string | undefined => params.get(name) || undefined
  const instantOf = (name: 'from' | 'until'): string | undefined => {
    const text = textOf(name)
    return text !== undefined && Number.isFinite(Date.parse(text)) ? text : undefined
  }
  return {
    actor: textOf('actor'),
    action: textOf('action'),
    subject: textOf('subject'),
    from: instantOf('from'),
    until: instantOf('until'),
  }
}

export function auditParamsOf(at: AuditAddress): URLSearchParams {
  const params = new URLSearchParams()
  for (const name of FIELDS) {
    const value = at[name]
    if (value !== undefined) params.set(name, value)
  }
  return params
}

export const isFiltered = (at: AuditAddress): boolean => FIELDS.some((name) => at[name] !== undefined)
