import type * as Served from '../served/files';
import { unpacked } from './blocks';

export const alone: typeof Served.alone = true;

/** The file in this page that has the address relative to it. */
export const fetchFile: typeof Served.fetchFile = async address => {
  const home = new URL('./', document.baseURI).href;
  const { href } = new URL(address, home);
  return new Response(unpacked(href.startsWith(home) ? href.slice(home.length) : href));
};
