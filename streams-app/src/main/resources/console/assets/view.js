// What a page should look like goes in, the fewest changes to the document come out. Text only ever becomes text nodes and
// attributes only go through setAttribute: nothing that stood in a log can become markup. Style is set through the CSSOM.

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'open']);

/** A node to be. h('a.row', {href: '#/'}, 'text', [more]); null and false are left out, but keep their place. */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split('.');
  const given = attributes ?? {};
  const all = classes.concat(given.class ? [given.class] : []).join(' ');
  return {
    name,
    key: given.key,
    attributes: all ? { ...given, class: all } : given,
    children: children.flat(Infinity).map(asNode),
    element: null,
  };
}

function asNode(child) {
  const isNode = child !== null && typeof child === 'object';
  if (isNode) {
    return child;
  }
  return { name: '', text: child === null || child === undefined || child === false ? '' : String(child), element: null };
}

/** Makes the container's content be these nodes. Focus stays where it was, even when what has it moves. */
export function paint(container, nodes) {
  const focused = document.activeElement;
  const after = nodes.flat(Infinity).map(asNode);
  const hooks = [];
  children(container, container.painted ?? [], after, container.namespaceURI === SVG, hooks);
  container.painted = after;
  if (focused && focused !== document.activeElement && focused.isConnected && container.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
  hooks.forEach((hook) => hook());
}

function children(parent, before, after, isSvg, hooks) {
  const keyed = new Map();
  const loose = [];
  for (const old of before) {
    if (old.key === undefined) {
      loose.push(old);
    } else {
      keyed.set(old.key, old);
    }
  }
  const used = new Set();
  let nextLoose = 0;
  let cursor = parent.firstChild;
  for (const node of after) {
    const old = node.key === undefined ? loose[nextLoose++] : keyed.get(node.key);
    const fits = old !== undefined && old.name === node.name && !used.has(old);
    if (fits) {
      used.add(old);
      update(old, node, isSvg, hooks);
    } else {
      create(node, isSvg, hooks);
    }
    if (node.element === cursor) {
      cursor = cursor.nextSibling;
    } else {
      parent.insertBefore(node.element, cursor);
    }
  }
  for (const old of before) {
    if (!used.has(old)) {
      old.element.remove();
    }
  }
}

function create(node, isSvg, hooks) {
  if (node.name === '') {
    node.element = document.createTextNode(node.text);
    return;
  }
  const inSvg = isSvg || node.name === 'svg';
  node.element = inSvg ? document.createElementNS(SVG, node.name) : document.createElement(node.name);
  children(node.element, [], node.children, inSvg, hooks);
  attributes(node.element, {}, node.attributes);
  afterwards(node, hooks, true);
}

function update(old, node, isSvg, hooks) {
  node.element = old.element;
  if (node.name === '') {
    if (old.text !== node.text) {
      node.element.data = node.text;
    }
    return;
  }
  children(node.element, old.children, node.children, isSvg || node.name === 'svg', hooks);
  attributes(node.element, old.attributes, node.attributes);
  afterwards(node, hooks, false);
}

function afterwards(node, hooks, isNew) {
  if (node.attributes.hook) {
    hooks.push(() => node.attributes.hook(node.element, isNew));
  }
}

function attributes(element, before, after) {
  for (const name of Object.keys(before)) {
    if (!(name in after)) {
      set(element, name, null);
    }
  }
  for (const [name, value] of Object.entries(after)) {
    if (before[name] !== value || name === 'value' || name === 'checked') {
      set(element, name, value);
    }
  }
}

function set(element, name, value) {
  if (name === 'key' || name === 'hook') {
    return;
  }
  if (name.startsWith('on')) {
    element[name.toLowerCase()] = value;
  } else if (name === 'style') {
    for (const [property, amount] of Object.entries(value ?? {})) {
      element.style.setProperty(property, amount);
    }
  } else if (PROPERTIES.has(name) && element.namespaceURI !== SVG && name in element) {
    const wanted = value ?? (name === 'value' ? '' : false);
    if (element[name] !== wanted) {
      element[name] = wanted;
    }
  } else if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}
