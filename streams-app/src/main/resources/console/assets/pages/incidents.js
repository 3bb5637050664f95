// All incidents, open and over, by state, severity, detector, subject and time.

import { h } from '../view.js';
import { clear } from '../text.js';
import { millis } from '../moments.js';
import { failureNote, heading, moment, name, pending, severity, since } from '../parts.js';
import { Question } from '../question.js';
import { amend, go, withQuery } from '../route.js';
import { saidInBrief } from './feedback.js';
import { amount, capital, SEVERITIES, subjects, words } from '../words.js';

const AGAIN = 60_000;
const ROWS = 50;
const REST = 300;
/** Milliseconds after an alert until the list is asked again: a storm of alerts is one question. */
const STORM = 2_000;
const STATES = [
  ['', 'open and over'],
  ['OPEN,UPDATED', 'open'],
  ['RESOLVED', 'over'],
];
const FILTERS = ['state', 'severity', 'detector', 'subject', 'from', 'to', 'cursor'];

export function incidentsPage({ changed, here, watch }) {
  let asked = parameters(here);
  let question = ask();
  let typing = null;
  const pages = [];
  let soon = null;
  const hear = () => {
    soon ??= setTimeout(() => {
      soon = null;
      question.again();
    }, STORM);
  };
  watch.listeners.add(hear);

  function ask() {
    const whole = { ...asked, from: instant(asked.from), to: instant(asked.to) };
    return new Question('/incidents', { ...whole, limit: ROWS }, { every: AGAIN, changed });
  }

  const actions = {
    set: (field, wait = 0) => (event) => {
      const value = event.target.value.trim();
      clearTimeout(typing);
      typing = setTimeout(() => {
        pages.length = 0;
        amend(withQuery('#/incidents', { ...asked, cursor: '', [field]: field === 'subject' ? value.toLowerCase() : value }));
      }, wait);
    },
    next: (cursor) => {
      pages.push(asked.cursor);
      go(withQuery('#/incidents', { ...asked, cursor }));
    },
    back: () => go(withQuery('#/incidents', { ...asked, cursor: pages.pop() ?? '' })),
  };

  return {
    title: () => 'Incidents',
    stop: () => {
      clearTimeout(typing);
      clearTimeout(soon);
      watch.listeners.delete(hear);
      question.stop();
    },
    asked: (now) => {
      const before = question.value;
      question.stop();
      asked = parameters(now);
      question = ask();
      question.value = before;
    },
    view: () => h('div.list', null, heading('Incidents', filters(asked, question, actions)), failureNote(question, 'The incidents could not be read'), pending(question, 'the incidents'), question.value ? rows(question.value, asked, actions) : null),
  };
}

function parameters(here) {
  return Object.fromEntries(FILTERS.map((filter) => [filter, here.query.get(filter) ?? '']));
}

/** What a field for date and time says, taken as UTC. */
function instant(text) {
  const at = text === '' ? null : millis(`${text}Z`);
  return at === null ? '' : new Date(at).toISOString();
}

function filters(asked, question, actions) {
  const select = (field, label, options) => h('div', null, h('label', { for: field }, label), h('select', { id: field, onChange: actions.set(field) }, options.map(([value, text]) => h('option', { value, selected: value === asked[field] }, text))));
  const text = (field, label, type, more = {}) => h('div', null, h('label', { for: field }, label), h('input', { id: field, type, autocomplete: 'off', spellcheck: 'false', ...more, hook: (element, isNew) => isNew && (element.value = asked[field]) }));
  return h(
    'div.filters',
    null,
    text('subject', 'About (part of a name)', 'search', { onInput: actions.set('subject', REST) }),
    select('state', 'State', STATES),
    select('severity', 'At least', [['', 'any severity'], ...SEVERITIES.map((level) => [level, level.toLowerCase()])]),
    text('detector', 'Detectors, by comma', 'text', { onInput: actions.set('detector', REST), placeholder: 'retry-storm' }),
    text('from', 'From (UTC)', 'datetime-local', { onChange: actions.set('from') }),
    text('to', 'To (UTC)', 'datetime-local', { onChange: actions.set('to') }),
    h('p.soft.total', { role: 'status' }, question.value ? `${amount(question.value.total)} in all` : ''),
  );
}

function rows(answer, asked, actions) {
  if (answer.items.length === 0) {
    return h('p.empty', null, FILTERS.some((filter) => asked[filter]) ? 'No incident fits these filters.' : 'There has been no incident yet.');
  }
  return [
    h(
      'div.scroll',
      { tabindex: '0', role: 'region', 'aria-label': 'Incidents' },
      h('table.history', null, h('thead', null, h('tr', null, ['Severity', 'What', 'About', 'Began', 'Lasted', 'State'].map((label) => h('th', { scope: 'col' }, label)))), h('tbody', null, answer.items.map(row))),
    ),
    !asked.cursor && !answer.next ? null : h('nav.pager', { 'aria-label': 'Pages of the list' }, h('button', { type: 'button', disabled: !asked.cursor, onClick: actions.back }, 'Page before'), h('button', { type: 'button', disabled: !answer.next, onClick: () => actions.next(answer.next) }, 'Next page')),
  ];
}

function row(alert) {
  const isOver = alert.state === 'RESOLVED';
  return h(
    'tr',
    { key: alert.incidentId },
    h('td', null, severity(alert.severity)),
    h('td.wide', null, h('a', { href: `#/incidents/${encodeURIComponent(alert.incidentId)}`, 'data-row': true }, h('bdi', null, clear(alert.title, 240) || '(no title)')), h('div.soft', null, words(alert.detector), ' · ', words(alert.cause))),
    h('td', null, subjects(alert).map((one) => h('div', null, name(one.name, one.href)))),
    h('td', null, moment(alert.onset)),
    h('td', null, isOver ? since(alert.onset, millis(alert.resolvedAt) ?? undefined) : since(alert.onset)),
    h('td', null, isOver ? h('span.soft', null, 'Over') : h('strong', null, capital(alert.state.toLowerCase())), saidInBrief(alert.feedback).map((one) => h('div.soft', null, h('bdi', null, one)))),
  );
}
