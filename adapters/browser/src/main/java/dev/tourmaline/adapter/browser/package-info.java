/**
 * The browser's side; {@link dev.tourmaline.adapter.browser.BrowserClient} gives a host the script
 * to serve.
 */
@NullMarked
package dev.tourmaline.adapter.browser;

import org.jspecify.annotations.NullMarked;
