// The blocks that pages are made of: cards, what stands in place of data, and facts.
import { html, nothing } from '../lit.js';
import { text } from './text.js';

/** A card with a head. */
export function card(title, sub, content, classes = '') {
  return html`<section class=${'card ' + classes}><div class="head"><h2>${title}</h2>${sub ? html`<div class="sub">${sub}</div>` : nothing}</div>
    ${content}</section>`;
}

/** What is said where there is nothing to show, and what to do next. */
export function empty(sentence, next = nothing) {
  return html`<div class="empty"><p>${sentence}</p>${next === nothing ? nothing : html`<p>${next}</p>`}</div>`;
}

/** What is said where something cannot be shown. */
export function problem(error, again) {
  return html`<div class="empty trouble" role="alert"><p><b>${error.title ?? 'This cannot be shown.'}</b> ${text(error.message)}</p>
    <p><button @click=${again}>Try again</button></p></div>`;
}

/** Lines as tall as the rows that will take their place. */
export function skeleton(rows = 6) {
  return html`<div class="skeleton" role="status" aria-label="Loading">${Array.from({ length: rows }, () => html`<div><i></i><i></i><i></i></div>`)}</div>`;
}

/**
 * A loaded value: its view, or what stands in its place.
 * @param view a function of the value
 */
export function when(loaded, view, rows = 6) {
  if (loaded.value !== undefined) {
    return html`${loaded.problem ? problem(loaded.problem, loaded.reload) : nothing}${view(loaded.value)}`;
  }
  if (loaded.problem) return problem(loaded.problem, loaded.reload);
  return skeleton(rows);
}

/** Pairs of a name and a value. */
export function facts(pairs) {
  return html`<dl class="facts">${pairs.filter(pair => pair).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** The head of a page. */
export function heading(title, lead, extra = nothing) {
  return html`<div class="heading"><div><h1 tabindex="-1">${title}</h1>${lead ? html`<p class="lead">${lead}</p>` : nothing}</div>
    ${extra === nothing ? nothing : html`<div class="buttons">${extra}</div>`}</div>`;
}

/** A table in a frame that scrolls sideways where it must. */
export function table(label, head, rows) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}><table>
    <thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
