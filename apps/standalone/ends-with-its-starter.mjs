/** Loaded first into what `npm start` runs: when the starter is killed, this pipe closes, and the rest stops as if it were asked to. */
import { Socket } from 'node:net'

const pipe = new Socket({ fd: 3 })
pipe.on('error', () => undefined)
pipe.on('close', () => process.kill(process.pid, 'SIGTERM'))
pipe.resume()
pipe.unref()
