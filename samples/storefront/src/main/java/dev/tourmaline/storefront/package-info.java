/**
 * A small product with a real tour library, fed by a simulated connector; {@link
 * dev.tourmaline.storefront.Storefront} starts it all.
 */
@NullMarked
package dev.tourmaline.storefront;

import org.jspecify.annotations.NullMarked;
