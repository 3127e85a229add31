// What the page may ask of which server: its own, and those that the catalogue has models at.

/** Origins of the catalogue's models that lie elsewhere than beside it. */
function modelHosts({ models }) {
  return [...new Set(models.flatMap(({ file }) => (URL.canParse(file) ? [new URL(file).origin] : [])))];
}

/** The page with its policy: to the requests that it may make come those to the hosts of the catalogue’s models. */
export function withPolicy(html, catalogue) {
  const [own, ...others] = html.match(/connect-src [^;"]*/g) ?? [];
  if (own !== "connect-src 'self'" || others.length > 0) {
    throw new Error("index.html has to say connect-src 'self', once: the hosts come from the catalogue");
  }
  return html.replace(own, [own, ...modelHosts(catalogue)].join(' '));
}
