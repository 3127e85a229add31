import type { Words } from '..';
import { about } from './about';
import { common } from './common';
import { nav } from './nav';

export const words: Words = { about, common, nav };
