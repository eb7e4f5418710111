/**
 * What a worker thread runs, as text: it needs nothing of this project but the compiled kernels and the
 * memory, so that it starts the same from sources, from a build or from a bundle.
 *
 * A job is cut into chunks of pieces; whoever is free takes the next one. The fields of the job lie in the shared memory, as numbers: see
 * ../team.ts. A thread that waits first looks around for a moment, since in a training step the next job is a
 * few microseconds away, and then sleeps. A kernel that traps makes the job fail, not the thread.
 */
export const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { modules, memory, imports, names, at, fields, spins } = workerData;
const all = modules.map((module) => new WebAssembly.Instance(module, imports).exports);
const exported = Object.assign({}, ...all);
const kernels = names.map((name) => exported[name]);
const state = new Int32Array(memory.buffer, at.state, at.stateLength);
const job = new Float64Array(memory.buffer, at.job, at.jobLength);
const left = new Float64Array(memory.buffer, at.left, at.leftLength);
let round = Atomics.load(state, fields.round);
parentPort.postMessage('ready');
for (; ; round = (round + 1) | 0) {
  for (let i = 0; Atomics.load(state, fields.round) === round; i++) {
    if (i >= spins) Atomics.wait(state, fields.round, round);
  }
  try {
    const kernel = kernels[job[0]];
    const pieces = job[1];
    const size = job[2];
    const partial = job[3] !== 0;
    const given = Array.from(job.subarray(5, 5 + job[4]));
    for (;;) {
      const chunk = Atomics.add(state, fields.next, 1);
      const from = chunk * size;
      if (from >= pieces) break;
      const to = Math.min(from + size, pieces);
      const done = kernel(...given, from, to);
      if (partial && done < to) {
        left[2 * chunk] = done;
        left[2 * chunk + 1] = to;
      }
    }
  } catch {
    Atomics.store(state, fields.failed, 1);
  }
  Atomics.add(state, fields.finished, 1);
  Atomics.notify(state, fields.finished);
}
`;
