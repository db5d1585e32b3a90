/**
 * The real software of tour providers, from npm: {@link
 * dev.tourmaline.adapter.browser.npm.NpmPackage}.
 */
@NullMarked
package dev.tourmaline.adapter.browser.npm;

import org.jspecify.annotations.NullMarked;
