/**
 * What every adapter promises, as abstract tests to extend: {@link
 * dev.tourmaline.adapter.contract.EventSourceContract}, {@link
 * dev.tourmaline.adapter.contract.TriggerSinkContract} and {@link
 * dev.tourmaline.adapter.contract.TriggerLedgerContract}.
 */
@NullMarked
package dev.tourmaline.adapter.contract;

import org.jspecify.annotations.NullMarked;
