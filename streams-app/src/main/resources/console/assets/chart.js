// A measure over time, as steps, with its threshold and what is usual. Drawn to the width there is; read with the pointer,
// with the arrow keys, or as a table.

import { h, paint } from './view.js';
import { clock, day } from './moments.js';
import { amount } from './words.js';

const HEIGHT = 168;
const EDGE = { top: 14, right: 12, bottom: 22, left: 46 };
/** Rows of the table beside a chart: the newest. */
const ROWS = 60;
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const SPACINGS = [10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800].map((seconds) => seconds * SECOND);

const drawn = new WeakMap();
const sizes = new ResizeObserver((entries) => entries.forEach((entry) => draw(entry.target)));

/**
 * @param data {title, unit, steps: [{from, to, value}], threshold, usual: {median, p99}, expected: [{from, to, value}] of what
 *   is usual at each step, marks: [{at, label}]}
 */
export function chart(data) {
  const steps = data.steps;
  const highest = steps.reduce((most, step) => Math.max(most, step.value), 0);
  const last = steps.at(-1);
  const told = last === undefined ? 'nothing counted' : `${span(last)}: ${amount(last.value)}; highest ${amount(highest)}`;
  return h(
    'figure.chart',
    { key: data.key ?? data.title },
    h('figcaption', null, h('strong', null, data.title), data.unit ? h('span.soft', null, ` ${data.unit}`) : null, legend(data)),
    h('div.plot', {
      tabindex: '0',
      role: 'group',
      'aria-label': `${data.title} ${data.unit ?? ''} over time. ${told}. Arrow keys read single values.`,
      hook: (element, isNew) => attach(element, isNew, data),
      onPointermove: (event) => pointAt(event.currentTarget, event.offsetX),
      onPointerleave: (event) => choose(event.currentTarget, null),
      onKeydown: walk,
      onBlur: (event) => choose(event.currentTarget, null),
    }),
    h('p.readout.soft', { 'aria-live': 'polite' }),
    asTable(data),
  );
}

function legend({ threshold, usual, expected }) {
  return h('span.legend', null, expected ? h('span.is-expected', null, 'usual at that hour') : null, threshold === undefined ? null : h('span.is-threshold', null, `threshold ${amount(threshold)}`), usual ? h('span.is-usual', null, `usual ${amount(usual.median)}, up to ${amount(usual.p99)}`) : null);
}

function asTable(data) {
  return h(
    'details.astable',
    null,
    h('summary', null, 'As numbers'),
    h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': `${data.title} as numbers` }, h('table', null, h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'From (UTC)'), h('th', { scope: 'col', class: 'number' }, data.title))), h('tbody', null, data.steps.slice(-ROWS).reverse().map((step) => h('tr', null, h('td', null, clock(step.from, Date.now(), true)), h('td.number', null, amount(step.value))))))),
  );
}

function attach(element, isNew, data) {
  const known = drawn.get(element);
  drawn.set(element, { data, cursor: known?.cursor ?? null });
  if (isNew) {
    sizes.observe(element);
  }
  draw(element);
}

function scales(element, { steps, threshold, usual, expected, marks }) {
  const width = Math.max(120, element.clientWidth);
  const times = steps.flatMap((step) => [step.from, step.to]);
  const from = Math.min(...times);
  const to = Math.max(...times, from + SECOND);
  const top = nice(Math.max(...steps.map((step) => step.value), ...(expected ?? []).map((step) => step.value), threshold ?? 0, usual?.p99 ?? 0, 1) * 1.05);
  const x = (at) => EDGE.left + ((at - from) / (to - from)) * (width - EDGE.left - EDGE.right);
  const y = (value) => HEIGHT - EDGE.bottom - (value / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  return { width, from, to, top, x, y, marks: (marks ?? []).filter((mark) => mark.at >= from && mark.at <= to) };
}

/** The next round number: 1, 2 or 5 times a power of ten. */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((candidate) => candidate >= value);
}

function draw(element) {
  const held = drawn.get(element);
  if (!held || element.clientWidth === 0) {
    return;
  }
  if (held.data.steps.length === 0) {
    paint(element, [h('p.soft', null, 'Nothing was counted in this time.')]);
    return;
  }
  const scale = scales(element, held.data);
  paint(element, [picture(held.data, scale, held.cursor)]);
  const readout = element.nextElementSibling;
  const step = held.cursor === null ? null : held.data.steps[held.cursor];
  const expected = step && held.data.expected ? `, usual ${amount(held.data.expected[held.cursor].value)}` : '';
  readout.textContent = step ? `${span(step)}: ${amount(step.value)}${expected}` : '';
}

function picture({ steps, threshold, usual, expected }, scale, cursor) {
  const { width, x, y, top } = scale;
  const base = y(0);
  const right = width - EDGE.right;
  return h(
    'svg',
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, 'aria-hidden': 'true', focusable: 'false' },
    usual ? h('rect.usual', { x: EDGE.left, y: y(usual.p99), width: right - EDGE.left, height: Math.max(1, base - y(usual.p99)) }) : null,
    [0, top / 2, top].map((value) => [h('line.grid', { x1: EDGE.left, x2: right, y1: y(value), y2: y(value) }), h('text.tick', { x: EDGE.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, amount(value))]),
    ticks(scale).map((at) => [h('line.grid', { x1: x(at), x2: x(at), y1: base, y2: base + 4 }), h('text.tick', { x: x(at), y: HEIGHT - 5, 'text-anchor': 'middle' }, at % DAY === 0 ? day(at) : clock(at, at))]),
    h('path.area', { d: `${path(steps, scale, true)}` }),
    h('path.line', { d: path(steps, scale, false) }),
    expected ? h('path.expected', { d: path(expected, scale, false) }) : null,
    usual ? h('line.median', { x1: EDGE.left, x2: right, y1: y(usual.median), y2: y(usual.median) }) : null,
    threshold === undefined ? null : h('line.threshold', { x1: EDGE.left, x2: right, y1: y(threshold), y2: y(threshold) }),
    scale.marks.map((mark) => {
      const fits = x(mark.at) < right - 48;
      return [h('line.mark', { x1: x(mark.at), x2: x(mark.at), y1: EDGE.top - 4, y2: base }), h('text.tick', { x: x(mark.at) + (fits ? 4 : -4), y: EDGE.top + 4, 'text-anchor': fits ? 'start' : 'end' }, mark.label)];
    }),
    cursor === null || !steps[cursor] ? null : h('line.cursor', { x1: middle(steps[cursor], x), x2: middle(steps[cursor], x), y1: EDGE.top, y2: base }),
  );
}

function middle(step, x) {
  return (x(step.from) + x(step.to)) / 2;
}

/** Steps as a line; where time is missing between two, the line stops. */
function path(steps, { x, y }, isArea) {
  const parts = [];
  let end = null;
  const close = () => (isArea && end !== null ? parts.push(`L${x(end)} ${y(0)}Z`) : 0);
  for (const step of steps) {
    const isGap = end === null || step.from > end + SECOND;
    if (isGap) {
      close();
      parts.push(`M${x(step.from)} ${isArea ? y(0) : y(step.value)}`);
    }
    parts.push(`L${x(step.from)} ${y(step.value)}L${x(step.to)} ${y(step.value)}`);
    end = step.to;
  }
  close();
  return parts.join('');
}

function ticks({ from, to, width }) {
  const most = Math.max(2, Math.floor(width / 90));
  const spacing = SPACINGS.find((candidate) => (to - from) / candidate <= most) ?? SPACINGS.at(-1);
  const first = Math.ceil(from / spacing) * spacing;
  const all = [];
  for (let at = first; at <= to && all.length < 50; at += spacing) {
    all.push(at);
  }
  return all;
}

function pointAt(element, offset) {
  const held = drawn.get(element);
  if (!held || held.data.steps.length === 0) {
    return;
  }
  const { from, to, width } = scales(element, held.data);
  const at = from + ((offset - EDGE.left) / (width - EDGE.left - EDGE.right)) * (to - from);
  const index = held.data.steps.findIndex((step) => at >= step.from && at < step.to);
  choose(element, index < 0 ? null : index);
}

function walk(event) {
  const element = event.currentTarget;
  const held = drawn.get(element);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!held || step === undefined) {
    return;
  }
  event.preventDefault();
  const last = held.data.steps.length - 1;
  choose(element, held.cursor === null ? last : Math.min(last, Math.max(0, held.cursor + step)));
}

function choose(element, cursor) {
  const held = drawn.get(element);
  if (held && held.cursor !== cursor) {
    held.cursor = cursor;
    draw(element);
  }
}

function span(step) {
  return `${clock(step.from, Date.now(), true)} to ${clock(step.to, step.from, true)} UTC`;
}
