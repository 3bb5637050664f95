// An address that leads nowhere.

import { h } from '../view.js';
import { heading } from '../parts.js';

export function strayPage() {
  return {
    title: () => 'Nothing here',
    view: () => [heading('Nothing here'), h('p', null, 'This address leads to no page. ', h('a', { href: '#/' }, 'See what is wrong now'), '.')],
  };
}
