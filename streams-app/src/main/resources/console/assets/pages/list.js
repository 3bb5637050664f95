// Servers, clients, accounts, senders and destinations: sorted by any measure, searched, page by page.

import { h } from '../view.js';
import { clear } from '../text.js';
import { failureNote, heading, moment, name, openFindings, pending, severity } from '../parts.js';
import { Question } from '../question.js';
import { amend, go, withQuery } from '../route.js';
import { amount, capital, KINDS, subjects, sure, weight, words } from '../words.js';

const AGAIN = 30_000;
const ROWS = 50;
/** Milliseconds after the last letter until it is asked. */
const REST = 250;
const HOUR = '1h';
const WINDOWS = { '1m': 'minute', '10m': '10 minutes', '1h': 'hour' };
/** Columns that are shown first, where the rows have them. */
const USUAL = {
  servers: ['connects', 'messages', 'deliveries', 'deferred', 'rejects', 'authFailures', 'unrecognised'],
  clients: ['connects', 'messages', 'authFailures', 'authSuccesses', 'rejects', 'clientLimits'],
  accounts: ['authSuccesses', 'authFailures', 'messages', 'recipients', 'bounced'],
  senders: ['messages', 'recipients', 'bytes', 'deferred', 'bounced'],
  destinations: ['attempts', 'sent', 'deferred', 'throttled', 'bounced', 'networkTrouble'],
};

export function listPage(context, list, above = () => null) {
  const { changed } = context;
  const path = `#/${list}`;
  let asked = parameters(context.here);
  let question = ask();
  let typing = null;
  const pages = []; // cursors of the pages before this one

  function parameters(here) {
    const given = here.query;
    return { search: given.get('search') ?? '', sort: given.get('sort') ?? '', window: WINDOWS[given.get('window')] ? given.get('window') : '', cursor: given.get('cursor') ?? '' };
  }

  function ask() {
    return new Question(`/${list}`, { ...asked, window: asked.window || HOUR, limit: ROWS }, { every: AGAIN, changed });
  }

  function change(more) {
    pages.length = 0;
    amend(withQuery(path, { ...asked, cursor: '', ...more }));
  }

  const actions = {
    search: (event) => {
      const text = event.target.value;
      clearTimeout(typing);
      typing = setTimeout(() => change({ search: text.trim().toLowerCase() }), REST);
    },
    sort: (measure) => change({ sort: measure }),
    window: (event) => change({ window: event.target.value }),
    next: (cursor) => {
      pages.push(asked.cursor);
      go(withQuery(path, { ...asked, cursor }));
    },
    back: () => go(withQuery(path, { ...asked, cursor: pages.pop() ?? '' })),
  };

  return {
    title: () => capital(list),
    stop: () => {
      clearTimeout(typing);
      question.stop();
    },
    asked: (here) => {
      const before = question.value;
      question.stop();
      asked = parameters(here);
      question = ask();
      question.value = before; // the old rows stay until the new ones are here
    },
    view: () => h('div.list', null, heading(capital(list), tools(list, asked, question, actions)), above(), failureNote(question, 'The list could not be read'), pending(question, list), question.value ? rows(list, asked, question.value, actions, pages) : null),
  };
}

function tools(list, asked, question, actions) {
  const others = question.value ? columns(list, question.value.items, asked.sort).others : [];
  return h(
    'div.filters',
    null,
    h('div', null, h('label', { for: 'search' }, 'Search a part of a name'), h('input', { id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false', onInput: actions.search, hook: (element, isNew) => isNew && (element.value = asked.search) })),
    h('div', null, h('label', { for: 'window' }, 'Counted over the last'), h('select', { id: 'window', onChange: actions.window }, Object.entries(WINDOWS).map(([value, label]) => h('option', { value, selected: value === (asked.window || HOUR) }, label)))),
    others.length > 0 ? h('div', null, h('label', { for: 'by' }, 'Sort by another measure'), h('select', { id: 'by', value: '', onChange: (event) => event.target.value && actions.sort(event.target.value) }, h('option', { value: '' }, 'choose'), others.map((measure) => h('option', { value: measure }, capital(words(measure)))))) : null,
    question.value ? h('p.soft.total', null, h('span', { role: 'status' }, `${amount(question.value.total)} in all`), question.value.asOf ? [', as of ', moment(question.value.asOf)] : null) : null,
  );
}

function columns(list, items, sorted) {
  const present = new Set(items.flatMap((row) => Object.keys(row.measures)));
  const shown = USUAL[list].filter((measure) => present.has(measure) || items.length === 0);
  const others = [...present].filter((measure) => !shown.includes(measure)).sort();
  if (sorted && !shown.includes(sorted)) {
    shown.unshift(sorted);
  }
  while (shown.length < 4 && others.length > 0) {
    shown.push(others.shift());
  }
  return { shown, others: others.filter((measure) => measure !== sorted) };
}

function rows(list, asked, answer, actions, pages) {
  const { shown } = columns(list, answer.items, asked.sort);
  if (answer.items.length === 0) {
    return h('p.empty', null, asked.search ? `No ${KINDS[list]} has “${clear(asked.search, 80)}” in its name.` : `No ${KINDS[list]} has been seen yet.`);
  }
  return [
    h(
      'div.scroll',
      { tabindex: '0', role: 'region', 'aria-label': capital(list) },
      h(
        'table.entities',
        null,
        h('thead', null, h('tr', null, header('Name', '', asked, actions), shown.map((measure) => header(capital(words(measure)), measure, asked, actions)), h('th', { scope: 'col' }, 'Open findings'), h('th', { scope: 'col', class: 'number' }, 'Hosts'), h('th', { scope: 'col' }, 'Last seen'))),
        h('tbody', null, answer.items.map((row) => line(list, row, shown))),
      ),
    ),
    !asked.cursor && !answer.next ? null : h('nav.pager', { 'aria-label': 'Pages of the list' }, h('button', { type: 'button', disabled: !asked.cursor, onClick: actions.back }, pages.length > 0 || !asked.cursor ? 'Page before' : 'First page'), h('button', { type: 'button', disabled: !answer.next, onClick: () => actions.next(answer.next) }, 'Next page')),
  ];
}

function header(label, measure, asked, actions) {
  const isSorted = asked.sort === measure;
  return h('th', { scope: 'col', class: measure ? 'number' : null, 'aria-sort': isSorted ? (measure ? 'descending' : 'ascending') : null }, h('button.sort', { type: 'button', onClick: () => actions.sort(measure) }, label, h('span', { 'aria-hidden': 'true' }, isSorted ? (measure ? ' ↓' : ' ↑') : '')));
}

function line(list, row, shown) {
  const worst = row.open.length > 0 ? openFindings(row.open) : h('span.soft', null, 'none');
  return h(
    'tr',
    { key: row.name },
    h('th', { scope: 'row' }, name(row.name, `#/${list}/${encodeURIComponent(row.name)}`, { 'data-row': true })),
    shown.map((measure) => h('td.number', { class: row.measures[measure] ? null : 'soft' }, amount(row.measures[measure] ?? 0, measure))),
    h('td', null, worst),
    h('td.number', null, amount(row.hosts)),
    h('td', null, moment(row.lastSeen)),
  );
}

/** Destinations: first those in trouble, with what each cause weighs. */
export function destinationsPage(context) {
  const inTrouble = () => {
    const open = context.watch.worst().filter((alert) => alert.subject?.destination);
    if (open.length === 0) {
      return null;
    }
    return h(
      'section.trouble',
      null,
      h('h2', null, 'In trouble now'),
      h(
        'ul.incidents',
        null,
        open.map((alert) =>
          h(
            'li.incident',
            { key: alert.incidentId, class: `edge-${String(alert.severity).toLowerCase()}` },
            h('div.level', null, severity(alert.severity)),
            h('div.what', null, h('a.title', { href: `#/incidents/${encodeURIComponent(alert.incidentId)}`, 'data-row': true }, h('bdi', null, clear(alert.title, 200))), h('p.soft', null, sure(alert.confidence), subjects(alert).filter((one) => one.kind === 'server').map((one) => [' · from ', name(one.name, one.href)]))),
            h('ol.shares', null, alert.causes.slice(0, 4).map((cause) => h('li', null, h('span.weight', null, weight(cause.weight)), ` ${words(cause.cause)}`))),
          ),
        ),
      ),
    );
  };
  return listPage(context, 'destinations', inTrouble);
}
