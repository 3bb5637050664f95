// What an entity does over time: panes and minutes as they are kept, then hours for a week, beside what is usual at each hour.

import { chart } from '../chart.js';
import { length } from '../moments.js';
import { fullMoment } from '../parts.js';
import { capital, count, words } from '../words.js';
import { h } from '../view.js';
import { keysOf, rates } from './series.js';

const HOUR = 3_600_000;
/** Id, label, length, and whether it is told by the hour. */
const RANGES = [
  ['minutes', 'Twenty minutes', HOUR / 3, false],
  ['hour', 'Seventy minutes', (70 / 60) * HOUR, false],
  ['days', 'Two days', 48 * HOUR, true],
  ['week', 'The week', 168 * HOUR, true],
];
/** Charts drawn at first: the measures that count most. */
const CHARTS = 6;

/** @param state {range, all}: what the reader has chosen, kept by the page */
export function overTime(entity, state, changed) {
  const [, , reach, isByHour] = RANGES.find(([id]) => id === state.range);
  const points = isByHour ? (entity.hours ?? []) : entity.series;
  return h('section', null, h('h2', null, 'Over time'), choice(state, changed), points.length === 0 ? h('p.soft', null, `Nothing of it is kept by the ${isByHour ? 'hour' : 'minute'}.`) : drawn(entity, points, reach, isByHour, state, changed));
}

function choice(state, changed) {
  const choose = (id) => () => {
    state.range = id;
    changed();
  };
  return h('div.ranges', { role: 'group', 'aria-label': 'How far back' }, RANGES.map(([id, label]) => h('button', { type: 'button', 'aria-pressed': String(id === state.range), onClick: choose(id) }, label)));
}

function drawn(entity, points, reach, isByHour, state, changed) {
  const ends = points.map((point) => Date.parse(point.start) + point.length * 1000);
  const to = Math.max(...ends);
  const from = to - reach;
  const inRange = points.filter((point, at) => ends[at] > from);
  const kept = to - Date.parse(points[0].start);
  const told = isByHour ? 'Hours of UTC; the main measures only, for a week. A dashed line is what is usual at that hour of the week.' : 'Panes of ten seconds for twenty minutes, minutes for seventy; what is older is told by the hour.';
  const measures = ranked(inRange);
  const single = (key) => (isByHour ? ofHours(inRange, key, from) : ofMinutes(entity, inRange, key, from));
  return [
    h('p.soft', null, kept < reach ? `All that is kept: ${length(kept)}, until ` : `The last ${length(reach)}, until `, fullMoment(new Date(to).toISOString()), `. ${told}`),
    h('div.charts', null, measures.slice(0, state.all ? undefined : CHARTS).map((key) => chart({ key, title: capital(words(key)), ...single(key) }))),
    measures.length > CHARTS ? h('button', { type: 'button', 'aria-expanded': String(state.all), onClick: () => { state.all = !state.all; changed(); } }, state.all ? 'Fewer measures' : `${count(measures.length - CHARTS, 'more measure')}`) : null,
  ];
}

/** What was counted at all, what a person asks for first. */
function ranked(points) {
  const sums = [...keysOf(points)].map((key) => [key, points.reduce((sum, point) => sum + (point.measures[key] ?? 0), 0)]);
  return sums.filter(([, sum]) => sum > 0).sort((a, b) => interest(a[0]) - interest(b[0]) || b[1] - a[1]).map(([key]) => key);
}

function ofMinutes(entity, points, key, from) {
  return { unit: 'a minute', steps: rates(points, key, 60, from), usual: usualOf(entity.baselines, key) };
}

function ofHours(points, key, from) {
  const isLearned = points.some((point) => key in point.usual);
  const usual = points.map((point) => ({ ...point, measures: point.usual }));
  return { unit: 'an hour', steps: rates(points, key, 3600, from), expected: isLearned ? rates(usual, key, 3600, from) : undefined };
}

/** Of all hosts together; what is learned by host cannot be added up, so only where one host alone has learned it. */
function usualOf(baselines, key) {
  const learned = baselines.filter((one) => sameMeasure(one.measure, key));
  return learned.length === 1 ? learned[0] : learned.find((one) => one.host === '');
}

function sameMeasure(baseline, key) {
  return baseline === key || baseline === `${key}PerMinute`;
}

/** Bookkeeping comes after what a person asks for. */
function interest(key) {
  return /^(lines|disconnects|sessionSeconds|setup|okSetup|loginSamples|noAuth)/.test(key) ? 1 : 0;
}
