import { about } from './about';
import { common } from './common';
import { effect } from './effect';
import { monitor } from './monitor';
import { nav } from './nav';
import { steer } from './steer';
import { study } from './study';

export const en = { about, common, effect, monitor, nav, steer, study };
