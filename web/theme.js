// Before the first paint: the theme that the reader chose in the web app.
const theme = localStorage.getItem("theme");
if (theme === "light" || theme === "dark") {
  document.documentElement.dataset.theme = theme;
}
