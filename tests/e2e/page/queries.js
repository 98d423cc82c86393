// Runs inside the window under test: finds elements as a screen reader would, by role and accessible name.

import { computeAccessibleName, getRole } from "dom-accessibility-api";
import { queryAllByRole } from "@testing-library/dom";

/** `name` is text to equal, or { source, flags } of a regular expression. Elements hidden from people do not count. */
function find({ role, name, within }) {
  const wanted =
    typeof name === "object" && name !== null
      ? new RegExp(name.source, name.flags)
      : name;
  return queryAllByRole(
    within ?? document.body,
    role,
    wanted === undefined ? {} : { name: wanted },
  );
}

/** What has the focus, as a screen reader would say it. */
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  return {
    role: getRole(element) ?? element.localName,
    name: computeAccessibleName(element),
  };
}

window.__asAPersonWould = { find, focus };
