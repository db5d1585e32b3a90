/**
 * The connector's signature over a request body; {@link
 * dev.tourmaline.adapter.signature.ConnectorSignature} makes and checks it.
 */
@NullMarked
package dev.tourmaline.adapter.signature;

import org.jspecify.annotations.NullMarked;
