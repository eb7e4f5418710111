import { Mistake } from '../mistake.js';

export type Kit = typeof import('../../check/index.js');

/** The gradient kit. It draws by fast-check, which only those who test have installed. */
export async function openKit(): Promise<Kit> {
  try {
    return await import('../../check/index.js');
  } catch (error) {
    if (!isMissing(error, 'fast-check')) throw error;
    throw new Mistake(
      'chainrule check draws its cases with fast-check, which is not installed here:\n' +
        '  npm install --save-dev fast-check',
    );
  }
}

function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`);
}
