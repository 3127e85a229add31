// What the page may ask of which server: its own, and those that the catalogue has models at.

/** Origins of the catalogue's models that lie, or may lie, elsewhere than beside it, and those that these send a browser on to. */
export function modelHosts({ models }) {
  const hosts = models.flatMap(({ file, url, redirects = [] }) => [
    ...[file, url].flatMap(address => (URL.canParse(address) ? [new URL(address).origin] : [])),
    ...redirects,
  ]);
  const wrong = hosts.find(host => !/^https?:\/\/(\*\.)?[\w.-]+(:\d+)?$/.test(host));
  if (wrong) throw new Error(`the catalogue names ${wrong}, which is no host`);
  return [...new Set(hosts)];
}

/** The page with its policy: to the requests that it may make come those to the hosts of the catalogue’s models. */
export function withPolicy(html, catalogue) {
  const [own, ...others] = html.match(/connect-src [^;"]*/g) ?? [];
  if (own !== "connect-src 'self'" || others.length > 0) {
    throw new Error("index.html has to say connect-src 'self', once: the hosts come from the catalogue");
  }
  return html.replace(own, [own, ...modelHosts(catalogue)].join(' '));
}
