package dev.tourmaline.adapter.autoplay;

import dev.tourmaline.adapter.contract.EventSourceContract;
import dev.tourmaline.engine.source.EventSource;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

class AutoplaySourceContractTest extends EventSourceContract {

  private final StreamServer server = newServer();

  @Override
  protected EventSource newSource() {
    return AutoplaySource.builder("prod_abc", server.url(), "uk_live_secret")
        .sleeper((closed, length) -> {})
        .build();
  }

  @Override
  protected void send(byte[] utf8) {
    server.stream().write("data: ");
    server.stream().write(utf8);
    server.stream().write("\n\n");
  }

  @Override
  protected void breakConnection() {
    server.stream().end();
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private static StreamServer newServer() {
    try {
      return new StreamServer();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
