const [targetName, targetPass = '1', mode = 'kill'] = (process.env['FAILPOINT'] ?? '').split(':')
let passes = 0

/**
 * A point at which a test can simulate a crash (F1: test/faults/README.md). With the environment variable `FAILPOINT=name:n`
 * the process kills itself by SIGKILL when it passes the point of this name for the n-th time; with `name:n:stop` it stops by
 * SIGSTOP until SIGCONT. Without the variable, the call does nothing.
 */
export const failpoint: (name: string) => void = targetName
  ? (name) => {
      if (name === targetName && ++passes === Number(targetPass))
        process.kill(process.pid, mode === 'stop' ? 'SIGSTOP' : 'SIGKILL')
    }
  : () => undefined
