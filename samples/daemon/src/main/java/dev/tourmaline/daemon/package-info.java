/**
 * The standalone program; {@link dev.tourmaline.daemon.Tourmaline} is its main class, with one
 * class per command.
 */
@NullMarked
package dev.tourmaline.daemon;

import org.jspecify.annotations.NullMarked;
