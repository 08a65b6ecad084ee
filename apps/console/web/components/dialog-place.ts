/**
 * Where dialogs are put. Not the body: there the component library would lock its scrolling by a style without the nonce,
 * which the browser refuses. The body does not scroll on this page.
 */
export const dialogPlace = (): HTMLElement => document.getElementById('root') ?? document.body
