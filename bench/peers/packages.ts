import { NotHere } from './contestant.js';

/**
 * A package of this folder, which is installed by itself. The name is not written into an import, so that
 * the main install, its types and its checks know nothing of it; T says what we use of the package.
 * @throws NotHere if it is not installed, or does not run on this Node
 */
export async function load<T extends object>(name: string): Promise<T> {
  try {
    return await import(name);
  } catch (error) {
    throw new NotHere((error as Error).message.split('\n')[0]);
  }
}
