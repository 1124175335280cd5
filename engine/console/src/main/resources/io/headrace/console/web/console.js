import {html, render} from './lib/lit-html/lit-html.js';

const me = await (await fetch('api/v1/me')).json();
render(html`${me.instance}`, document.getElementById('instance'));
