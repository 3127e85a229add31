// Errors are noted in the page itself, since WebDriver tells of none.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs before the page's own scripts, and leaves what it hears on the document's element, where a driver can read it. */
const WATCH = `
const heard = [];
const note = text => {
  heard.push(text);
  document.documentElement.dataset.complaints = JSON.stringify(heard);
};
addEventListener('error', ({ message, target }) => note(message ?? 'cannot be had: ' + (target.src ?? target.href)), true);
addEventListener('unhandledrejection', ({ reason }) => note('unhandled: ' + reason));
document.addEventListener('securitypolicyviolation', event => note(event.violatedDirective + ': ' + event.blockedURI));
`;

/** Routes of a page whose errors are noted. */
export function watched(folder) {
  return {
    '': async (_, response) => {
      const html = await readFile(join(folder, 'index.html'), 'utf8');
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(html.replace('<title>', '<script src="./watch.js"></script>$&'));
    },
    'watch.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(WATCH),
  };
}
