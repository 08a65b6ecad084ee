// What a container asks itself: `node healthy.mjs http://127.0.0.1:8081/readyz`. 0: yes, 1: no.
const ask = fetch(process.argv[2], { signal: AbortSignal.timeout(3_000) })
ask.then(
  (answer) => process.exit(answer.ok ? 0 : 1),
  () => process.exit(1),
)
