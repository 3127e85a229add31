import type * as Served from '../served/core';
import { unpacked } from './blocks';

export const fetchCore: typeof Served.fetchCore = async variant => {
  const headers = { 'content-type': 'application/wasm' };
  return new Response(unpacked(`core/${variant}.wasm`), { headers });
};
