// What stands in the controls of a message or view, as Slack's state values.

const readers = new WeakMap(); // control -> () => its state value

/** Remember how a control is read; returns the control. */
export function readable(control, read) {
  readers.set(control, read);
  return control;
}

/** What stands in all controls under `root`: {block_id: {action_id: {type, value | selected_option | …}}}. */
export function collectState(root) {
  const values = {};
  for (const control of root.querySelectorAll("[data-action-id]")) {
    const read = readers.get(control);
    if (read) (values[control.dataset.blockId] ??= {})[control.dataset.actionId] = read();
  }
  return values;
}
