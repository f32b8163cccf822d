// The app's home, as the acting user sees it.

import { drawBlocks } from "./blocks.js";
import { h, moveFocus } from "./dom.js";
import { nameOf } from "./people.js";

export class Home {
  #stamp = "";

  /** `tools`: state, world, dispatch(container, action, control, root). */
  constructor(root, tools) {
    Object.assign(this, { root, tools });
  }

  show() {
    const { state, world, dispatch } = this.tools;
    const stamp = JSON.stringify([state.home, state.user]);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const container = { type: "view", view_id: state.home?.id };
    const surface = { world, where: "home", dispatch: (action, control) => dispatch(container, action, control, this.root) };
    const fresh = h("div", { class: "home-body", tabindex: "-1" }, state.home
      ? drawBlocks(state.home.blocks ?? [], surface)
      : h("p", { class: "quiet" }, `${nameOf(state.users.get(state.botUser), "The app")} has not drawn a home for you yet.`));
    if (this.root.firstChild) moveFocus(this.root.firstChild, fresh);
    this.root.replaceChildren(fresh);
  }
}
