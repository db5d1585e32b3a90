/** What operators switch: {@link dev.tourmaline.engine.control.Switch} and who keeps it. */
@NullMarked
package dev.tourmaline.engine.control;

import org.jspecify.annotations.NullMarked;
