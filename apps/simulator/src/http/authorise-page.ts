import type { Answer, Call } from './http-service'
import type { Tokens } from './tokens'
import type { Shop } from '../world/shops'

/** What a marketplace read of the address of its authorisation page: where it sends the browser back, or why it does not. */
export type PageRequest = { readonly returnUrl: string; readonly state: string } | { readonly refused: string }

export interface AuthorisePageParts {
  readonly title: string
  readonly shops: readonly Shop[]
  readonly tokens: Tokens
}

/**
 * The page where the owner of a shop lets an app work for it. The real one has a log-in before it; here a person chooses
 * whose account it is. It sends the browser back with a code, as the real one does.
 */
export function authorisePage({ title, shops, tokens }: AuthorisePageParts, call: Call, request: PageRequest): Answer {
  if ('refused' in request) return pageAnswer(400, title, `<p role="alert">${escapeHtml(request.refused)}</p>`)
  if (call.method !== 'POST') return pageAnswer(200, title, shopChoices(call, shops))
  const form = new URLSearchParams(call.body)
  const shop = shops.find(({ id }) => id === form.get('shop'))
  if (shop === undefined) return pageAnswer(400, title, '<p role="alert">没有这个店铺</p>')
  if (form.get('account') !== 'main')
    return pageAnswer(403, title, '<p role="alert">只有店铺主账号可以授权，子账号不可以</p>')
  const url = new URL(request.returnUrl)
  url.searchParams.set('code', tokens.issueCode(shop.id))
  url.searchParams.set('state', request.state)
  return { status: 302, body: '', headers: { location: url.href, 'cache-control': 'no-store' } }
}

function shopChoices(call: Call, shops: readonly Shop[]): string {
  const action = escapeHtml(`${call.path}?${call.query.toString()}`)
  const rows = shops.map(
    ({ id, name }) => `<li><b>${escapeHtml(name)}</b> <small>${id}</small>
      <form method="post" action="${action}"><input type="hidden" name="shop" value="${id}">
        <button name="account" value="main">以主账号授权 ${escapeHtml(name)}</button>
        <button name="account" value="sub">以子账号授权</button></form></li>`,
  )
  return `<p>应用申请管理以下店铺的售后。选择一个店铺并授权（模拟页面）：</p><ul>${rows.join('')}</ul>`
}

const PAGE_STYLE =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}' +
  'li{margin:1rem 0}button{font:inherit;padding:.4rem .8rem;margin:.2rem}'

const pageAnswer = (status: number, title: string, body: string): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  body: `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} 授权</title><style>${PAGE_STYLE}</style><h1>${escapeHtml(title)} 授权（模拟）</h1>${body}</html>`,
})

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one)

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/** Whether both are the same address; the names of this machine are one name. */
export function isSameAddress(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false
  const [a, b] = [new URL(one), new URL(other)]
  const sameHost = a.hostname === b.hostname || (LOOPBACK.test(a.hostname) && LOOPBACK.test(b.hostname))
  return sameHost && a.protocol === b.protocol && a.port === b.port && a.pathname === b.pathname
}
