// What a person says of an incident: it goes to the policy topic, and from there to the incident and the evaluation.

import { tell } from '../ask.js';
import { h } from '../view.js';
import { clear } from '../text.js';

const ACTIONS = [
  ['acknowledge', 'I have seen it and am on it'],
  ['assign', 'Give it to somebody'],
  ['true', 'True: it was what it says'],
  ['false', 'False: it was not so'],
  ['benign', 'Benign: it was so, and is fine'],
  ['allow', 'Allow it until a day'],
];
const NEEDS_REASON = new Set(['true', 'false', 'benign', 'allow']);
const DAY = 24 * 3_600_000;

export function feedbackForm(path, changed, say) {
  const state = { action: 'acknowledge', sending: false, failure: null, sent: [] };

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    const { reason, assignee, until } = form.elements;
    const body = { action: state.action, reason: reason.value.trim() };
    if (state.action === 'assign') {
      body.assignee = assignee.value.trim();
    }
    if (state.action === 'allow') {
      body.until = new Date(`${until.value}:00Z`).toISOString();
    }
    state.sending = true;
    state.failure = null;
    changed();
    try {
      await tell(`${path}/feedback`, body);
      state.sent = [{ ...body, at: Date.now() }, ...state.sent];
      say('Said and taken');
      form.reset();
    } catch (failure) {
      state.failure = failure;
    }
    state.sending = false;
    changed();
  }

  return { view: () => view(state, submit, changed) };
}

function view(state, submit, changed) {
  const choose = (action) => () => {
    state.action = action;
    changed();
  };
  return h(
    'section.feedback',
    null,
    h('h2', null, 'Say what it was'),
    h(
      'form.lines',
      { onSubmit: submit },
      h('fieldset', null, h('legend.unseen', null, 'What do you say?'), ACTIONS.map(([action, label]) => h('label.check', null, h('input', { type: 'radio', name: 'action', value: action, checked: state.action === action, onChange: choose(action) }), ` ${label}`))),
      h('div', { hidden: state.action !== 'assign' }, h('label', { for: 'assignee' }, 'To whom'), h('input', { id: 'assignee', name: 'assignee', type: 'text', maxlength: '200', autocomplete: 'off', required: state.action === 'assign' })),
      h('div', { hidden: state.action !== 'allow' }, h('label', { for: 'until' }, 'Until (UTC)'), h('input', { id: 'until', name: 'until', type: 'datetime-local', min: stamp(0), required: state.action === 'allow', hook: (element, isNew) => isNew && (element.defaultValue = stamp(7 * DAY)) })),
      h('div', null, h('label', { for: 'reason' }, NEEDS_REASON.has(state.action) ? 'Why' : 'Why (may stay empty)'), h('textarea', { id: 'reason', name: 'reason', rows: '2', maxlength: '2000', required: NEEDS_REASON.has(state.action) })),
      h('button.main', { type: 'submit', disabled: state.sending }, state.sending ? 'Saying …' : 'Say it'),
    ),
    state.failure ? h('p.note.is-bad', { role: 'alert' }, `It was not taken: ${clear(state.failure.message, 400)}`) : null,
    h('ul.plain', null, state.sent.map((one) => h('li', null, `Taken: ${ACTIONS.find(([action]) => action === one.action)[1]}`, one.assignee ? ` (${clear(one.assignee, 80)})` : '', one.reason ? h('span.soft', null, ` · ${clear(one.reason, 200)}`) : null))),
  );
}

/** The value of a field for date and time, in UTC. */
function stamp(ahead) {
  return new Date(Date.now() + ahead).toISOString().slice(0, 16);
}
