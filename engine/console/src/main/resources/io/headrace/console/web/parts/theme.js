// Light or dark: the system's choice, or the person's.
import { settings } from '../app.js';

const root = document.documentElement;

/** Whether the page is dark now. */
function isDark() {
  return (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
}

export function toggleTheme() {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  settings.set('theme', root.dataset.theme);
  dispatchEvent(new Event('themechange'));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dispatchEvent(new Event('themechange')));
