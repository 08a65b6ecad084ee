/** What a marketplace's app sends, written from the documents alone and without a line of the simulator's own signing. */
import { createHash, createHmac } from 'node:crypto'
import { type AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { WebSocket } from 'ws'
import { readJson } from '../src/http/wire-json'
import { type RunningSimulator } from '../src/running'

export type Fields = Record<string, unknown>

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

export interface PinduoduoAsk {
  readonly secret?: string
  readonly token?: string
  readonly timestamp?: number
  readonly form?: boolean
}

/** A signed call of the router; the answer is read without losing a digit. */
export async function pinduoduo(
  simulator: RunningSimulator,
  type: string,
  business: Readonly<Record<string, string | number | object>>,
  ask: PinduoduoAsk = {},
): Promise<Fields> {
  const { apiUrl, clientId, clientSecret, shops } = simulator.pinduoduo
  const params: Record<string, string> = {
    type,
    client_id: clientId,
    access_token: ask.token ?? shops[0]?.accessToken ?? '',
    timestamp: String(ask.timestamp ?? Math.floor(simulator.clock.now() / 1000)),
    data_type: 'JSON',
    version: 'V1',
  }
  for (const [key, value] of Object.entries(business))
    params[key] = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const secret = ask.secret ?? clientSecret
  const run = Object.keys(params)
    .sort()
    .map((key) => key + (params[key] ?? ''))
    .join('')
  const body = { ...params, sign: md5(secret + run + secret).toUpperCase() }
  const response = await fetch(apiUrl, {
    method: 'POST',
    headers: { 'content-type': ask.form ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: ask.form ? new URLSearchParams(body).toString() : JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return readJson(await response.text()).value as Fields
}

export interface DouyinAsk {
  readonly secret?: string
  readonly token?: string
  readonly timestamp?: string
  readonly signMethod?: 'md5' | 'hmac-sha256'
}

/** A signed call; `paramJson` must have sorted keys. The answer keeps ids beyond 2^53 as bigints. */
export async function douyin(
  simulator: RunningSimulator,
  method: string,
  paramJson: string,
  ask: DouyinAsk = {},
): Promise<Fields> {
  const { apiUrl, appKey, appSecret, shops } = simulator.douyin
  const timestamp = ask.timestamp ?? String(Math.floor(simulator.clock.now() / 1000))
  const secret = ask.secret ?? appSecret
  const text = `${secret}app_key${appKey}method${method}param_json${paramJson}timestamp${timestamp}v2${secret}`
  const signMethod = ask.signMethod ?? 'hmac-sha256'
  const sign = signMethod === 'md5' ? md5(text) : createHmac('sha256', secret).update(text).digest('hex')
  const query = new URLSearchParams({
    app_key: appKey,
    access_token: ask.token ?? shops[0]?.accessToken ?? '',
    method,
    timestamp,
    v: '2',
    sign,
    sign_method: signMethod,
  })
  const path = method.replaceAll('.', '/')
  const response = await fetch(`${apiUrl}/${path}?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: paramJson,
  })
  expect(response.status).toBe(200)
  return readJson(await response.text()).value as Fields
}

/** Walks down a path of an answer. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Fields | undefined)?.[key], value)
}

export interface Frame {
  readonly id: number
  readonly commandType: string
  readonly time: number
  readonly sendTime: number
  readonly message: { readonly type: string; readonly mallID: number; readonly content: string }
}

/** A message client; it answers nothing by itself. */
export class MessageClient {
  readonly frames: Frame[] = []
  private readonly waiting: (() => void)[] = []

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString('utf8')) as Frame)
      for (const wake of this.waiting.splice(0)) wake()
    })
  }

  static async connect(simulator: RunningSimulator, secret?: string): Promise<MessageClient> {
    const { messageUrl, clientId, clientSecret } = simulator.pinduoduo
    const ms = String(Date.now())
    const digest = Buffer.from(md5(clientId + ms + (secret ?? clientSecret))).toString('base64')
    const socket = new WebSocket(`${messageUrl}/message/${clientId}/${ms}/${digest}`)
    const client = new MessageClient(socket)
    await new Promise<void>((done, fail) => {
      socket.once('open', done)
      socket.once('error', fail)
    })
    return client
  }

  async until(count: number): Promise<readonly Frame[]> {
    while (this.frames.length < count) await new Promise<void>((wake) => this.waiting.push(wake))
    return this.frames
  }

  acknowledge({ id, sendTime, message: { type, mallID } }: Frame): void {
    this.socket.send(JSON.stringify({ id, commandType: 'Ack', time: Date.now(), sendTime, type, mallID }))
  }

  /** Answered by the platform in order, so that all acknowledgements before it have arrived. */
  async settled(): Promise<void> {
    await new Promise<void>((done) => {
      this.socket.once('pong', () => done())
      this.socket.ping()
    })
  }
}

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** An app's push endpoint; `answer` decides its response. */
export async function pushEndpoint(answer: (received: Received) => { status: number; body: string }): Promise<{
  url: string
  received: Received[]
  until: (count: number) => Promise<void>
  close: () => Promise<void>
}> {
  const received: Received[] = []
  const waiting: (() => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const push = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      received.push(push)
      const { status, body } = answer(push)
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
      for (const wake of waiting.splice(0)) wake()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`,
    received,
    until: async (count) => {
      while (received.length < count) await new Promise<void>((wake) => waiting.push(wake))
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

export const well = { status: 200, body: '{"code":0,"msg":"success"}' }
