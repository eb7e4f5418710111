/** How a time is told: a rate, or a time for each piece of the work. */
export interface Unit {
  readonly name: string;
  readonly of: (seconds: number) => number;
}

export const gigaflops = (flops: number): Unit => ({
  name: 'GFLOP/s',
  of: (seconds) => flops / seconds / 1e9,
});

export const gigabytes = (bytes: number): Unit => ({
  name: 'GB/s',
  of: (seconds) => bytes / seconds / 1e9,
});

export const nanosecondsEach = (elements: number): Unit => ({
  name: 'ns/element',
  of: (seconds) => (seconds * 1e9) / elements,
});

export const microseconds: Unit = { name: 'µs', of: (seconds) => seconds * 1e6 };

export const milliseconds: Unit = { name: 'ms', of: (seconds) => seconds * 1e3 };
