import type { Way } from './branches.js';

/** A branch that no test takes, and why. */
export interface Listed {
  readonly file: string;
  /** The line of source in which it begins, without indentation. */
  readonly source: string;
  readonly way: Way;
  readonly reason: string;
}

export const listed: readonly Listed[] = [
  {
    file: 'src/linalg/eigen/svd.ts',
    source: "if (sweep === 60) throw atUserLine(new Error('svd: the rotations do not converge'));",
    way: 'then',
    reason:
      'keeps the loop from running for ever. Jacobi’s method converges for every matrix, as far as is known, in some ten sweeps.',
  },
  {
    file: 'src/linalg/eigen/symmetric-eigen.ts',
    source: 'if (++steps > 100 * n)',
    way: 'then',
    reason:
      'keeps the loop from running for ever. With Wilkinson’s shift the QR steps converge for every tridiagonal matrix (Wilkinson 1968), two or three to an eigenvalue.',
  },
];
