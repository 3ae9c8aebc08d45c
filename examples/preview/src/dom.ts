/** Finds an element of the page. */
export const at = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** Makes an element with a class and what is in it; texts are never read as HTML. */
export function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
