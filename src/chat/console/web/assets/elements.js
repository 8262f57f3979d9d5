/** The element of an id; null when this page has none. */
export const byId = (id) => document.getElementById(id);

/** The first element of a piece of HTML that the server rendered. */
export function elementOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild;
}
