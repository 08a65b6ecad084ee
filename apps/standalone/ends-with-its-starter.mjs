/** Loaded first into what `npm start` runs: when the starter is killed, this pipe closes, and the rest stops as if it were asked to. */
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

// Worker threads inherit `--import`. A second socket on the same descriptor would close it with the thread, and the next
// connection that gets this descriptor would never be read.
if (isMainThread) {
  const pipe = new Socket({ fd: 3 })
  pipe.on('error', () => undefined)
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'))
  pipe.resume()
  pipe.unref()
}
