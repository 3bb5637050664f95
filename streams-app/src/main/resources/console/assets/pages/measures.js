// The numbers of an incident against threshold and baseline: a row each, and a chart where the subject's series has them.

import { chart } from '../chart.js';
import { failureNote } from '../parts.js';
import { h } from '../view.js';
import { amount, capital, words } from '../words.js';
import { inSeries, keysOf, rates } from './series.js';

/** Milliseconds before the beginning that a chart shows, so that calm stands beside trouble. */
const BEFORE = 30 * 60_000;
/** Charts drawn at once; the table has the rest. */
const CHARTS = 4;

export function numbers(alert, series) {
  const measures = Object.keys(alert.measures ?? {});
  if (measures.length === 0) {
    return null;
  }
  // What crosses a threshold comes first, then what has one, then the rest.
  const weight = (measure) => (measure in alert.thresholds ? (crosses(alert, measure) ? 0 : 1) : 2);
  const sorted = measures.sort((a, b) => weight(a) - weight(b) || excess(alert, b) - excess(alert, a) || a.localeCompare(b));
  return h('section', null, h('h2', null, 'By what numbers'), charts(alert, sorted, series), table(alert, sorted));
}

/** Whether the value stands where a threshold says "enough". Shares of success count when they are low: no word is said of those. */
function crosses(alert, measure) {
  return alert.measures[measure] >= alert.thresholds[measure];
}

/** How far a value is from its threshold, as a ratio; what has none is nowhere. */
function excess(alert, measure) {
  const threshold = alert.thresholds[measure];
  return threshold > 0 ? alert.measures[measure] / threshold : 0;
}

function charts(alert, measures, series) {
  if (series === null) {
    return null;
  }
  if (series.value === null) {
    return series.failure ? failureNote(series, 'The series could not be read') : h('p.soft', null, 'Asking for the series …');
  }
  const { entity, kind, name } = series.value;
  if (entity === null) {
    return h('p.soft', null, 'Its series is not kept any more, so there is no chart over time.');
  }
  const keys = keysOf(entity.series);
  const drawable = measures.map((measure) => ({ measure, source: inSeries(measure, keys) })).filter((one) => one.source !== null);
  if (drawable.length === 0) {
    return h('p.soft', null, `The series of the ${kind} counts other things than this detector: `, h('a', { href: `#/${kind}s/${encodeURIComponent(name)}` }, 'see them'), '.');
  }
  return h('div.charts', null, drawable.slice(0, CHARTS).map(({ measure, source }) => one(alert, entity, measure, source)));
}

function one(alert, entity, measure, { key, seconds }) {
  const isSameUnit = key !== measure;
  const onset = Date.parse(alert.onset);
  const begin = onset - Math.max(BEFORE, Date.parse(alert.lastSeen) - onset);
  return chart({
    key: measure,
    title: capital(words(measure)),
    unit: isSameUnit ? '' : 'a minute',
    steps: rates(entity.series, key, seconds, begin),
    threshold: isSameUnit ? alert.thresholds[measure] : undefined,
    usual: isSameUnit ? alert.baseline[measure] : undefined,
    marks: [
      { at: onset, label: 'began' },
      alert.resolvedAt ? { at: Date.parse(alert.resolvedAt), label: 'over' } : null,
    ].filter(Boolean),
  });
}

function table(alert, measures) {
  const isLearned = measures.some((measure) => alert.baseline[measure]);
  const heads = ['Measure', 'Now', 'Threshold', ...(isLearned ? ['Usual', '99 of 100 below', 'Learned from'] : [])];
  return h(
    'div.scroll',
    { tabindex: '0', role: 'region', 'aria-label': 'Measures, thresholds and what is usual' },
    h('table.numbers', null, h('thead', null, h('tr', null, heads.map((label, at) => h('th', { scope: 'col', class: at > 0 ? 'number' : null }, label)))), h('tbody', null, measures.map((measure) => row(alert, measure, isLearned)))),
  );
}

function row(alert, measure, isLearned) {
  const usual = alert.baseline[measure];
  const threshold = alert.thresholds[measure];
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, capital(words(measure))),
    h('td.number', null, h('strong', null, amount(alert.measures[measure], measure))),
    h('td.number', null, threshold === undefined ? '' : amount(threshold, measure)),
    isLearned ? [h('td.number', null, usual ? amount(usual.median, measure) : ''), h('td.number', null, usual ? amount(usual.p99, measure) : ''), h('td.number.soft', null, usual ? learned(usual) : '')] : null,
  );
}

/** From how much history a baseline speaks. */
export function learned(usual) {
  if (usual.windows === 0) {
    return 'its like; nothing of its own yet';
  }
  return `${amount(usual.windows)} min, ${amount(Math.round(usual.maturity * 100))} % its own`;
}
