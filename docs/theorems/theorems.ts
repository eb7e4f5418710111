import { spectralContrastive } from './contrastive.js';
import { linearAutoencoder } from './linear-autoencoder.js';
import { linearVae } from './linear-vae.js';
import { rayleigh } from './rayleigh.js';
import { notesSanityCheck } from './sanity-check.js';
import type { Theorem } from './theorem.js';

/** All of them, by the name of their picture. */
export const theorems: Readonly<Record<string, Theorem>> = {
  'linear-autoencoder': linearAutoencoder,
  'linear-vae': linearVae,
  contrastive: spectralContrastive,
  'sanity-check': notesSanityCheck,
  rayleigh,
};
