import type * as Served from '../served/worker';
import { text } from './blocks';

export const workerScript: typeof Served.workerScript = async () => text('worker.js');
