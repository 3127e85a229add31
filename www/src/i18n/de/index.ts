import type { Words } from '..';
import { about } from './about';
import { common } from './common';
import { findings } from './findings';
import { nav } from './nav';
import { traits } from './traits';
import { wording } from './wording';

export const words: Words = { about, common, findings, nav, traits, wording };
