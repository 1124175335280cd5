// The library that renders templates, from its WebJar.
export { html, svg, nothing, render } from './lib/lit-html/lit-html.js';
export { repeat } from './lib/lit-html/directives/repeat.js';
