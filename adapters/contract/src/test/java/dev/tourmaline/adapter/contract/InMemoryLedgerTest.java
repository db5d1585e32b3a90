package dev.tourmaline.adapter.contract;

import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.ledger.TriggerLedger;

class InMemoryLedgerTest extends TriggerLedgerContract {

  @Override
  protected TriggerLedger newLedger() {
    return new InMemoryLedger();
  }
}
