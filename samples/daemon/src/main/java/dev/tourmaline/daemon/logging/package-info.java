/** How the program writes its log; {@link dev.tourmaline.daemon.logging.Logs} sets it up. */
@NullMarked
package dev.tourmaline.daemon.logging;

import org.jspecify.annotations.NullMarked;
