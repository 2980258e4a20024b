// Runs before the first paint, so that the theme doesn't flash; everything here is small on purpose.
(() => {
  const key = "rollout-theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let watcher = null;

  const choice = () => {
    try {
      return localStorage.getItem(key) ?? "system";
    } catch {
      return "system";
    }
  };
  const isDark = () => choice() === "dark" || (choice() === "system" && system.matches);
  const apply = () => {
    root.dataset.theme = isDark() ? "dark" : "light";
    return isDark();
  };

  apply();
  system.addEventListener("change", () => {
    const dark = apply();
    watcher?.invokeMethodAsync("ThemeChangedAsync", dark).catch(() => { watcher = null; });
  });

  window.rolloutPage = {
    watchTheme(page) {
      watcher = page;
      return { dark: apply(), choice: choice() };
    },
    chooseTheme(wanted) {
      try {
        localStorage.setItem(key, wanted);
      } catch {
        // A browser that stores nothing follows the system.
      }
      return apply();
    },
    zone() {
      return {
        name: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
        offsetMinutes: -new Date().getTimezoneOffset(),
      };
    },
  };
})();
