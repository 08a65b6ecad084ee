const [targetName, targetPass = '1', mode = 'kill'] = (process.env['FAILPOINT'] ?? '').split(':')
let passes = 0

/**
 * A place at which a test may simulate a crash (F1: test/faults/README.md). With the setting `FAILPOINT=name:n` the
 * process kills itself by SIGKILL when it passes this name for the n-th time; with `name:n:stop` it stops by SIGSTOP
 * until SIGCONT. Without the setting it does nothing.
 */
export const failpoint: (name: string) => void = targetName
  ? (name) => {
      if (name === targetName && ++passes === Number(targetPass))
        process.kill(process.pid, mode === 'stop' ? 'SIGSTOP' : 'SIGKILL')
    }
  : () => undefined
