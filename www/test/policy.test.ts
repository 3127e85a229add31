import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// @ts-expect-error a script of the build, without types
import { modelHosts, withPolicy } from '../scripts/policy.mjs';

const file = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = file('index.html');
const catalogue = JSON.parse(file('../models/catalog.json'));

/** The policy of a page by its directives. */
function policyOf(html: string): Map<string, string[]> {
  const [, content = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
  return new Map(
    content.split(';').map(directive => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources];
    }),
  );
}

const models = (...files: string[]) => ({ models: files.map(file => ({ file })) });

describe('the policy of the page', () => {
  test('allows requests to the page’s own server and to the hosts of the catalogue, each named once', () => {
    const html = withPolicy(
      page,
      models(
        'one.gguf',
        'https://a.example/x/two.gguf',
        'https://a.example/three.gguf',
        'https://b.example:81/4.gguf',
      ),
    );
    expect(policyOf(html).get('connect-src')).toEqual([
      "'self'",
      'https://a.example',
      'https://b.example:81',
    ]);
  });

  test('with the catalogue that there is, names its hosts and no other, in no directive', () => {
    const policy = policyOf(withPolicy(page, catalogue));
    expect(policy.get('connect-src')).toEqual(["'self'", ...modelHosts(catalogue)]);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    const others = [...policy].filter(([name]) => !['connect-src', 'trusted-types'].includes(name));
    const allowed = /^('[\w-]+'|data:|blob:)$/;
    expect(others.flatMap(([, sources]) => sources).filter(source => !allowed.test(source))).toEqual([]);
  });

  test('allows where a host sends a browser on to, and nothing that is no host', () => {
    const at = (...redirects: string[]) => ({
      models: [{ file: 'one.gguf', url: 'https://a.example/1', redirects }],
    });
    const hosts = policyOf(withPolicy(page, at('https://*.b.example'))).get('connect-src');
    expect(hosts).toEqual(["'self'", 'https://a.example', 'https://*.b.example']);
    for (const wrong of [
      '*',
      'https://*',
      'https:',
      'https://a.example/path',
      'https://a.example; script-src *',
    ]) {
      expect(() => withPolicy(page, at(wrong)), wrong).toThrow('no host');
    }
  });

  test('is refused where the page names a host itself', () => {
    const widened = page.replace("connect-src 'self'", "connect-src 'self' https://a.example");
    expect(() => withPolicy(widened, catalogue)).toThrow('connect-src');
    const twice = page.replace("img-src 'self'", "connect-src 'self'; img-src 'self'");
    expect(() => withPolicy(twice, catalogue)).toThrow('connect-src');
  });
});
