const channel = new BroadcastChannel('organisation')

/**
 * Reloads the page, here and in the other tabs of this browser, which have the same session: nothing that was read for the
 * earlier organisation stays.
 */
export function loadForOrganisation(): void {
  channel.postMessage('changed')
  window.location.assign('/')
}

/** Another tab has changed the organisation. */
export function followOrganisationChanges(): void {
  channel.onmessage = () => window.location.assign('/')
}
