import type { Words } from '..';
import { about } from './about';
import { group } from './class';
import { common } from './common';
import { glossary } from './glossary';
import { nav } from './nav';
import { share } from './share';
import { tour } from './tour';

export const words: Words = { about, common, glossary, group, nav, share, tour };
