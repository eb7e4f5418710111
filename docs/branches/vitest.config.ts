import type { ViteUserConfig } from 'vitest/config';
import base from '../../vitest.config.js';
import { ROOMS } from './rooms.js';

const root = new URL('../..', import.meta.url).pathname;

/** The tests of the rooms that are looked at, and the branches of those rooms. */
const config: ViteUserConfig = {
  ...base,
  test: {
    ...base.test,
    root,
    dir: root,
    include: ROOMS.map((room) => `test/${room}/**/*.test.ts`),
    setupFiles: [new URL('same-draws.ts', import.meta.url).pathname],
    coverage: {
      provider: 'v8',
      enabled: true,
      include: ROOMS.map((room) => `src/${room}/**/*.ts`),
      reporter: ['json'],
      reportOnFailure: true,
    },
  },
};
export default config;
