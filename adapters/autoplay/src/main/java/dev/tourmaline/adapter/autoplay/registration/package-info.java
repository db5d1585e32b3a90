/**
 * Making a product known to the Autoplay connector; {@link
 * dev.tourmaline.adapter.autoplay.registration.ProductRegistration} does it.
 */
@NullMarked
package dev.tourmaline.adapter.autoplay.registration;

import org.jspecify.annotations.NullMarked;
