/** Word-wise access to bytes: {@link dev.tourmaline.engine.internal.bytes.ByteArrayLongs}. */
@NullMarked
package dev.tourmaline.engine.internal.bytes;

import org.jspecify.annotations.NullMarked;
