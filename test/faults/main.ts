import { faults } from './catalogue.js';
import { hunt } from './hunt.js';

const only = process.argv[2] ?? '';
for (const fault of faults.filter(({ name }) => name.includes(only))) {
  const start = performance.now();
  const found = hunt(fault);
  const time = `${(performance.now() - start).toFixed(0)} ms`;
  console.log(
    found
      ? `${fault.name.padEnd(36)} ${(fault.by ?? '').padEnd(12)} ${found.oracle.padEnd(14)} ${String(found.draws).padStart(5)} ${found.nodes} ${time}  ${found.text}`
      : `${fault.name.padEnd(36)} MISSED by ${fault.by ?? 'first order'} ${time}`,
  );
}
