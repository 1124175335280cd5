// A dialog above the page. The browser keeps the focus in it, closes it with Escape, and puts the focus back.
import { html } from '../lit.js';

class Modal extends HTMLElement {
  #before;

  connectedCallback() {
    this.#before = document.activeElement;
    requestAnimationFrame(() => {
      const dialog = this.querySelector('dialog');
      if (!dialog || dialog.open) return;
      dialog.showModal();
      dialog.querySelector('.first')?.focus();
    });
  }

  disconnectedCallback() {
    if (this.#before?.isConnected) this.#before.focus();
    else document.querySelector('h1')?.focus({ preventScroll: true });
  }
}

customElements.define('modal-frame', Modal);

/** @param close what Escape does */
export function modal(close, title, content) {
  const cancel = event => {
    event.preventDefault();
    close();
  };
  const outside = event => event.target.localName === 'dialog' && close();
  return html`<modal-frame><dialog aria-labelledby="modal-title" @cancel=${cancel} @mousedown=${outside}>
    <div class="modal"><h2 id="modal-title">${title}</h2>${content}</div></dialog></modal-frame>`;
}
