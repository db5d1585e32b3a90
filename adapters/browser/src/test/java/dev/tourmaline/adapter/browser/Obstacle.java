package dev.tourmaline.adapter.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.function.Consumer;

/** Something in a page that makes a tour unwelcome, how it comes about, and how it goes away. */
enum Obstacle {
  ANOTHER_PAGE(
      "the visitor is on another page",
      "{\"show_on\": [\"/settings/billing\"]}",
      "",
      "history.pushState({}, '', '/settings/billing')"),
  ANOTHER_PAGE_WHOSE_PUSH_STATE_IS_ITS_OWN(
      "the visitor is on another page",
      "{\"show_on\": [\"/invoices/:id\", \"/docs/**\"]}",
      "history.pushState = () => { throw new Error('not this way') }",
      "History.prototype.replaceState.call(history, {}, '', '/docs/a/b/')"),
  A_FIELD("a text field has the focus", "", "add('<input id=f>').focus()", "f.blur()"),
  A_TEXT("a text field has the focus", "", "add('<textarea id=f>').focus()", "f.blur()"),
  A_CHOICE("a text field has the focus", "", "add('<select id=f>').focus()", "f.blur()"),
  AN_EDITOR(
      "a text field has the focus", "", "add('<p id=f contenteditable>x').focus()", "f.blur()"),
  AN_EDITOR_OF_ITS_OWN(
      "a text field has the focus",
      "",
      "add('<p id=f role=textbox tabindex=0>x').focus()",
      "f.blur()"),
  A_FIELD_IN_A_SHADOW_ROOT(
      "a text field has the focus",
      "",
      "add('<div id=f>').attachShadow({ mode: 'open' }).innerHTML = '<input>';"
          + " f.shadowRoot.firstChild.focus()",
      "f.shadowRoot.firstChild.blur()"),
  A_FIELD_IN_A_CLOSED_SHADOW_ROOT(
      "a text field has the focus",
      "",
      "window.inner = add('<x-field id=f>').attachShadow({ mode: 'closed' });"
          + " inner.innerHTML = '<input>'; inner.firstChild.focus()",
      "inner.firstChild.blur()",
      3),
  A_FIELD_IN_A_FRAME(
      "a text field has the focus",
      "",
      "add('<iframe id=f>').contentDocument.body.innerHTML = '<input>';"
          + " f.contentDocument.body.firstChild.focus()",
      "f.contentDocument.body.firstChild.blur()"),
  A_FRAME_OF_ANOTHER_ORIGIN(
      "a text field has the focus",
      "",
      page -> {
        page.evaluate("add(`<iframe id=f src=http://127.0.0.1:${location.port}/frame>`)");
        page.frameLocator("#f").locator("input").focus();
      },
      page -> page.evaluate("f.blur()"),
      3),
  JUST_TYPED(
      "a text field was typed into",
      "{\"expires_in\": 2}",
      page -> {
        page.evaluate("add('<input id=f>').focus()");
        page.keyboard().type("x");
        page.evaluate("f.blur()");
      },
      page -> {},
      3),
  JUST_TYPED_IN_A_FRAME(
      "a text field was typed into",
      "{\"expires_in\": 2}",
      page -> {
        page.evaluate("add('<iframe id=f>').contentDocument.body.innerHTML = '<input>'");
        page.evaluate(
            "f.contentDocument.body.firstChild.focus(); dispatchEvent(new Event('blur'))");
        page.clock().runFor(1);
        page.keyboard().type("x");
        page.evaluate("f.contentDocument.body.firstChild.blur()");
      },
      page -> {},
      3),
  COMPOSING(
      "an input method composes",
      "",
      page -> {
        page.evaluate("add('<input id=f>').focus()");
        JsonObject composition = new JsonObject();
        composition.addProperty("text", "に");
        composition.addProperty("selectionStart", 1);
        composition.addProperty("selectionEnd", 1);
        CDPSession chromium = page.context().newCDPSession(page);
        chromium.send("Input.imeSetComposition", composition);
      },
      page -> page.evaluate("f.remove()"),
      3),
  A_MODAL_DIALOG(
      "a dialog is open", "", "add('<dialog id=f>Sure?</dialog>').showModal()", "f.close()"),
  A_DIALOG_OF_ARIA(
      "a dialog is open",
      "",
      "add('<div id=f role=dialog aria-modal=true>Sure?</div>')",
      "f.hidden = true"),
  A_DIALOG_WITHOUT_A_BOX_OF_ITS_OWN(
      "a dialog is open",
      "",
      "add('<div id=f role=dialog aria-modal=true>"
          + "<div style=\"position: fixed; inset: 0\">Sure?</div></div>')",
      "f.style.opacity = 0"),
  A_DIALOG_IN_A_SHADOW_ROOT(
      "a dialog is open",
      "",
      "add('<x-dialog id=f>').attachShadow({ mode: 'open' }).innerHTML ="
          + " '<div role=dialog aria-modal=true>Sure?</div>'",
      "f.remove()"),
  A_DIALOG_BESIDE_A_PAGE_THAT_IS_HIDDEN(
      "a dialog is open",
      "",
      "add('<div id=rest aria-hidden=true><h1>Page</h1></div>');"
          + " add('<div id=f role=dialog>Sure?</div>')",
      "rest.removeAttribute('aria-hidden')"),
  AN_ALERT("a dialog is open", "", "add('<p id=f role=alertdialog>Sure?</p>')", "f.remove()"),
  DRIVER_JS("another tour is open", "", "add('<p id=f class=driver-popover>1</p>')", "f.remove()"),
  SHEPHERD("another tour is open", "", "add('<p id=f class=shepherd-element>1')", "f.remove()"),
  INTRO_JS("another tour is open", "", "add('<p id=f class=introjs-tooltip>1')", "f.remove()"),
  JOYRIDE(
      "another tour is open", "", "add('<p id=f class=react-joyride__tooltip>1')", "f.remove()"),
  A_TOUR_OF_POSTHOG("another tour is open", "", "tool.show('7')", "tool.end('dismissed')"),
  A_HIDDEN_TAB(
      "the tab is hidden",
      "",
      "Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' })",
      "delete document.visibilityState"),
  NO_ELEMENT(
      "its element is not visible",
      "{\"element\": \"#help\"}",
      "",
      "add('<b id=help style=\"position: absolute; top: 9000px\">?</b>')"),
  A_HIDDEN_ELEMENT(
      "its element is not visible",
      "{\"element\": \"#help\"}",
      "add('<p id=help style=\"visibility: hidden\">?</p>')",
      "help.style.visibility = 'visible'"),
  NOBODY(
      "nobody is present",
      "{\"present\": true, \"expires_in\": 2}",
      page -> page.evaluate("document.body.dispatchEvent(new PointerEvent('pointerdown'))"),
      page -> page.keyboard().press("Shift"),
      0),
  NOBODY_FOR_A_MINUTE(
      "nobody is present",
      "{\"present\": true, \"expires_in\": 2}",
      page -> {
        page.keyboard().press("Shift");
        page.clock().runFor(61_000);
      },
      page -> {
        page.mouse().move(10, 10);
        page.mouse().move(20, 20);
      },
      0),
  ANOTHER_WINDOW(
      "nobody is present",
      "{\"present\": true, \"expires_in\": 2}",
      page -> {
        page.keyboard().press("Shift");
        page.evaluate("document.hasFocus = () => false; 0");
      },
      page -> page.evaluate("delete document.hasFocus"),
      0);

  /** In the words of the client. */
  final String reason;

  final String terms;

  private final Consumer<Page> put;
  private final Consumer<Page> remove;

  /** For how long it still holds a tour back. */
  final int seconds;

  Obstacle(String reason, String terms, String put, String remove) {
    this(reason, terms, put, remove, 0);
  }

  Obstacle(String reason, String terms, String put, String remove, int seconds) {
    this(
        reason,
        terms,
        page -> page.evaluate("() => {" + put + "}"),
        page -> page.evaluate("() => {" + remove + "}"),
        seconds);
  }

  Obstacle(String reason, String terms, Consumer<Page> put, Consumer<Page> remove, int seconds) {
    this.reason = reason;
    this.terms = terms;
    this.put = put;
    this.remove = remove;
    this.seconds = seconds;
  }

  void put(TourPage page) {
    put.accept(page.page());
  }

  void remove(TourPage page) {
    remove.accept(page.page());
  }
}
