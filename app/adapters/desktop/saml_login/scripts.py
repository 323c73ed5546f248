"""What is asked of a page, in a JavaScript world of its own: the page's scripts neither see nor change it."""

from __future__ import annotations

import json

WORLD = 2
"""QWebEngineScript.UserWorld; the page's own is 0."""
LONGEST = 1 << 20
"""Characters of a whole form; AWS takes 100,000 of SAMLResponse."""

# `formdata` is fired synchronously for every way to submit a form, `form.submit()` included (HTML, "constructing the
# entry list"), before the navigation that follows. What later listeners of the page add to the data is still in it
# when it is read. A form may have fields named like its own methods, so these are taken from the prototype.
WATCH = """
(() => {
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  const place = (text) => {
    try { const url = new URL(text ?? '', document.baseURI); return url.origin + url.pathname; } catch { return ''; }
  };
  const sent = [];
  let presser = null;
  addEventListener('submit', (event) => {
    presser = event.submitter;
    setTimeout(() => { presser = null; }, 0);
  }, true);
  addEventListener('formdata', (event) => {
    const actions = [place(attribute(event.target, 'action'))];
    if (presser && attribute(presser, 'formaction')) actions.push(place(attribute(presser, 'formaction')));
    sent.push({ data: event.formData, actions });
    if (sent.length > 8) sent.shift();
  }, true);

  // Events of forms inside a shadow tree do not leave it: those are looked for.
  function* forms(root) {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLFormElement) yield element;
      if (element.shadowRoot) yield* forms(element.shadowRoot);
    }
  }
  const read = (data) => {
    const all = [...data];
    const length = all.reduce((sum, [name, value]) => sum + name.length + (value.size ?? value.length), 0);
    const fields = {};
    for (const name of ['SAMLResponse', 'RelayState', 'roleIndex']) {
      fields[name] = all.filter(([key, value]) => key === name && typeof value === 'string').map(([, value]) => value);
    }
    if (!fields.SAMLResponse.length) return null;
    return length > LONGEST ? { large: true } : { large: false, fields };
  };
  globalThis.rolecallTake = (action, searched) => {
    for (const each of sent.toReversed()) {
      const found = each.actions.includes(action) && read(each.data);
      if (found) return JSON.stringify(found);
    }
    for (const form of searched ? forms(document) : []) {
      const posts = (attribute(form, 'method') ?? '').toLowerCase() === 'post';
      const found = posts && place(attribute(form, 'action')) === action && read(new FormData(form));
      if (found) return JSON.stringify(found);
    }
    return '';
  };

  const kinds = ['button', 'checkbox', 'color', 'file', 'hidden', 'image', 'radio', 'range', 'reset', 'submit'];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const asking = (element) =>
    !element.disabled && !(element instanceof HTMLInputElement && kinds.includes(element.type)) && visible(element);
  const found = (root, selector, holds) => {
    for (const element of root.querySelectorAll(selector)) if (holds(element)) return true;
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot && found(element.shadowRoot, selector, holds)) return true;
    }
    return false;
  };
  globalThis.rolecallAsks = () => found(document, 'input, select, textarea', asking);
  globalThis.rolecallOffers = () =>
    globalThis.rolecallAsks() || found(document, 'button, input[type=submit], input[type=button]', visible);
})();
""".replace("LONGEST", str(LONGEST))

ORIGIN = "String(self.origin)"
"""Who answers for the page (HTML, "origin"): scheme, host and port, or `null`."""
ASKS = "Boolean(globalThis.rolecallAsks && globalThis.rolecallAsks())"
"""Whether a person could type or choose something now."""
OFFERS = "Boolean(globalThis.rolecallOffers && globalThis.rolecallOffers())"
"""Whether a person could do anything on the page: fields, or buttons."""


def take(action: str, *, searched: bool) -> str:
    """Asks for the form that was last sent to an address (without query): JSON, or an empty text.

    `searched`: a form that only stands in the page will do too.
    """
    return f"globalThis.rolecallTake ? globalThis.rolecallTake({json.dumps(action)}, {json.dumps(searched)}) : ''"
