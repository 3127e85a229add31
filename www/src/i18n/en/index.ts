import { about } from './about';
import { group } from './class';
import { common } from './common';
import { nav } from './nav';

export const en = { about, common, group, nav };
