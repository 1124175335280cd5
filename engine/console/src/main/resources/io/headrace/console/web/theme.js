// Applies the chosen theme before the first paint. Not a module, because modules run after it.
(() => {
  try {
    const theme = localStorage.getItem('headrace.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is disabled: the system's theme applies.
  }
})();
