// Lets an incident's like be until a day: an allowance in the policy topic, with a reason and the name of who asked.

import { tell } from '../ask.js';
import { h } from '../view.js';
import { clear } from '../text.js';

const DAY = 24 * 3_600_000;

export function feedbackForm(path, changed, say) {
  const state = { sending: false, failure: null, sent: [] };

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    const { reason, until } = form.elements;
    const body = { action: 'allow', reason: reason.value.trim(), until: new Date(`${until.value}:00Z`).toISOString() };
    state.sending = true;
    state.failure = null;
    changed();
    try {
      await tell(`${path}/feedback`, body);
      state.sent = [body, ...state.sent];
      say('Said and taken');
      form.reset();
    } catch (failure) {
      state.failure = failure;
    }
    state.sending = false;
    changed();
  }

  return { view: () => view(state, submit) };
}

function view(state, submit) {
  return h(
    'section.feedback',
    null,
    h('h2', null, 'Let it be'),
    h('p.soft', null, 'Nobody is woken by the like of it until then; it is still counted and shown.'),
    h(
      'form.lines',
      { onSubmit: submit },
      h('div', null, h('label', { for: 'until' }, 'Until (UTC)'), h('input', { id: 'until', name: 'until', type: 'datetime-local', min: stamp(0), required: true, hook: (element, isNew) => isNew && (element.defaultValue = stamp(7 * DAY)) })),
      h('div', null, h('label', { for: 'reason' }, 'Why'), h('textarea', { id: 'reason', name: 'reason', rows: '2', maxlength: '2000', required: true })),
      h('button.main', { type: 'submit', disabled: state.sending }, state.sending ? 'Saying …' : 'Allow it'),
    ),
    state.failure ? h('p.note.is-bad', { role: 'alert' }, `It was not taken: ${clear(state.failure.message, 400)}`) : null,
    h('ul.plain', null, state.sent.map((one) => h('li', null, `Taken: allowed until ${clear(one.until, 40)}`, h('span.soft', null, ` · ${clear(one.reason, 200)}`)))),
  );
}

/** The value of a field for date and time, in UTC. */
function stamp(ahead) {
  return new Date(Date.now() + ahead).toISOString().slice(0, 16);
}
