const [wanted, nth = '1', how = 'kill'] = (process.env['FAILPOINT'] ?? '').split(':')
let passes = 0

/**
 * A place at which a test may simulate a crash (F1: test/faults/README.md). With the setting `FAILPOINT=name:n` the process ends at its
 * n-th pass by that name as it does by SIGKILL: nothing is finished, nothing is closed. With `name:n:stop` it stops
 * there, as by SIGSTOP, until SIGCONT. Without the setting: nothing.
 */
export const failpoint: (name: string) => void = wanted
  ? (name) => {
      if (name === wanted && ++passes === Number(nth)) process.kill(process.pid, how === 'stop' ? 'SIGSTOP' : 'SIGKILL')
    }
  : () => undefined
