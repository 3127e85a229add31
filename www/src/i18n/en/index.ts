import { about } from './about';
import { common } from './common';
import { findings } from './findings';
import { nav } from './nav';
import { traits } from './traits';
import { wording } from './wording';

export const en = { about, common, findings, nav, traits, wording };
