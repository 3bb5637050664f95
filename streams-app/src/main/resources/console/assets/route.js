// Where we are: the part of the address behind #.

/** {parts: ['incidents', 'ID'], query: URLSearchParams}; a part that cannot be decoded stays as it is. */
export function route(hash = location.hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    parts: path.split('/').filter((part) => part !== '').map(decoded),
    query: new URLSearchParams(query),
    path: `#/${path}`,
  };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone % that somebody typed: no such thing will be found under it
  }
}

/** The address of the same page with other parameters; those that are empty are left out. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== '' && value !== null && value !== undefined) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export function go(hash) {
  location.hash = hash.replace(/^#/, '');
}

/** Changes the parameters without a new entry in the history: for what is typed letter by letter. */
export function amend(hash) {
  history.replaceState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
