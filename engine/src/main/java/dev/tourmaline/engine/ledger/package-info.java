/**
 * The record of decisions and deliveries; {@link dev.tourmaline.engine.ledger.TriggerLedger} is the
 * SPI.
 */
@NullMarked
package dev.tourmaline.engine.ledger;

import org.jspecify.annotations.NullMarked;
