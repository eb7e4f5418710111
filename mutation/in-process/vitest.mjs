/** What tests import from 'vitest', as far as it works without vitest's processes: its collector and its expectations. */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFinished,
  suite,
  test,
} from '@vitest/runner';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = (value, message) => chai.expect(value, message);
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState(
  {
    assertionCalls: 0,
    isExpectingAssertions: false,
    expectedAssertionsNumber: null,
    environment: 'node',
    testPath: '',
    currentTestName: '',
  },
  expect,
);

/** Mocks need vitest itself: a file that uses them does not load here. */
export const vi = new Proxy(
  {},
  {
    get(_, name) {
      throw new Error(`vi.${String(name)} needs vitest`);
    },
  },
);
