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

const ADDRESS_FIELDS = ['actor', 'action', 'subject', 'from', 'until'] as const

/** Never fails: a time that is not valid is ignored. */
export function auditAddressOf(params: URLSearchParams): AuditAddress {
  const textOf = (name: (typeof ADDRESS_FIELDS)[number]): string | undefined => params.get(name) || undefined
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

export function auditParamsOf(address: AuditAddress): URLSearchParams {
  const params = new URLSearchParams()
  for (const name of ADDRESS_FIELDS) {
    const value = address[name]
    if (value !== undefined) params.set(name, value)
  }
  return params
}

export const isFiltered = (address: AuditAddress): boolean => ADDRESS_FIELDS.some((name) => address[name] !== undefined)
