// Lines that no rule knew, by template: what a new version of a daemon began to say.

import { h } from '../view.js';
import { copyButton, failureNote, heading, moment, pending } from '../parts.js';
import { Question } from '../question.js';
import { clear } from '../text.js';
import { amount, count } from '../words.js';

const AGAIN = 30_000;
const ROWS = 200;

export function driftPage({ changed }) {
  const state = { search: '' };
  const question = new Question('/drift', { limit: ROWS }, { every: AGAIN, changed });
  return { title: () => 'Lines not understood', stop: () => question.stop(), view: () => view(question, state, changed) };
}

function view(question, state, changed) {
  const search = (event) => {
    state.search = event.target.value.trim().toLowerCase();
    changed();
  };
  const all = question.value?.items ?? [];
  const rows = all.filter((row) => `${row.template} ${row.daemon} ${row.program}`.toLowerCase().includes(state.search));
  return h(
    'div.drift',
    null,
    heading('Lines not understood', h('p.lead', null, 'Each is a kind of line that no rule knows. Verdicts do not see what stands in them. To look at a file: ', h('code', null, 'postwarden parse --unrecognised FILE')), h('div.filters', null, h('div', null, h('label', { for: 'search' }, 'Search template or program'), h('input', { id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false', onInput: search })), h('p.soft.total', { role: 'status' }, question.value ? `${count(rows.length, 'kind')} of ${amount(question.value.total ?? all.length)}` : ''))),
    failureNote(question, 'They could not be read'),
    pending(question, 'them'),
    question.value && all.length === 0 ? h('p.empty', null, 'Every line is understood.') : null,
    h('ol.templates', null, rows.map(template)),
  );
}

function template(row) {
  return h(
    'li',
    { key: row.id, 'data-row': true, tabindex: '-1' },
    h('div.weigh', null, h('strong.times', null, amount(row.count)), h('span', null, clear(row.daemon, 60), h('span.soft', null, ` · ${clear(row.program, 80)}${row.version ? ` ${clear(row.version, 60)}` : ''}`))),
    h('p.mono.logtext', null, h('bdi', null, clear(row.template, 1000))),
    row.sample ? h('details', null, h('summary', null, 'One of them'), h('p.mono.logtext', null, h('bdi', null, clear(row.sample, 2000))), copyButton(row.sample, 'the line')) : null,
    h('p.soft', null, 'from ', moment(row.first), ' to ', moment(row.last), h('span.mono', null, ` · ${clear(row.id, 32)}`)),
  );
}
