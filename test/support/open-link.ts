/** The address of a one-time link in what a process has printed. */
export const linkIn = (printed: string): string => /http\S+\/enter#[\w-]+/.exec(printed)?.[0] ?? ''

/** Opens a one-time link as the page does; returns the headers of a person who is logged in. */
export async function openLink(
  link: string,
  answers: Readonly<Record<string, string>> = {},
): Promise<{ cookie: string }> {
  const { origin, hash } = new URL(link)
  const answer = await fetch(`${origin}/api/links/open`, {
    method: 'POST',
    // Without keep-alive: the process may be restarted before the next request.
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ token: hash.slice(1), ...answers }),
  })
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (answer.status !== 200 || cookie === undefined) throw new Error(`the link was not opened: ${await answer.text()}`)
  return { cookie }
}
