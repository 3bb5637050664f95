// Runs before the first paint, so that nobody is dazzled at night: the choice of last time, else the system's.
(function () {
  let chosen = null;
  try {
    chosen = localStorage.getItem('postwarden.theme');
  } catch {
    chosen = null; // storage is forbidden: the system's choice stands
  }
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.theme = chosen;
  }
})();
