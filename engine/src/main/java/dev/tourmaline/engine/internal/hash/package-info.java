/** Keyed hashing of visitors' text: {@link dev.tourmaline.engine.internal.hash.KeyedHash}. */
@NullMarked
package dev.tourmaline.engine.internal.hash;

import org.jspecify.annotations.NullMarked;
