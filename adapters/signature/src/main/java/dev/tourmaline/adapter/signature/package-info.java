/**
 * The signatures over the bodies of webhooks, made and checked: {@link
 * dev.tourmaline.adapter.signature.ConnectorSignature} is the connector's, {@link
 * dev.tourmaline.adapter.signature.TimestampedSignature} that of senders who sign the time too.
 */
@NullMarked
package dev.tourmaline.adapter.signature;

import org.jspecify.annotations.NullMarked;
