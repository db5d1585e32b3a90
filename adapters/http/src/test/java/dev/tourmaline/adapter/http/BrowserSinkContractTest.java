package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.adapter.contract.TriggerSinkContract;
import dev.tourmaline.engine.sink.TriggerSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The sink, seen through a browser's stream. */
class BrowserSinkContractTest extends TriggerSinkContract {

  private final FakeClock clock = FakeClock.create();
  private final BrowserSink sink = BrowserSink.builder().clock(clock).build();
  private final SessionTokens tokens =
      SessionTokens.builder().secret(ServerFixture.SECRET).clock(clock).build();
  private final TourServer server =
      TourServer.builder(new FakeEngine(), sink, tokens).port(0).clock(clock).build().start();
  private final RawClient client =
      RawClient.get(
          server.port(),
          ServerFixture.path(session()),
          "Authorization: Bearer " + tokens.issueForSession(session(), Duration.ofMinutes(1)));

  @Override
  protected TriggerSink newSink() {
    client.awaitOpen();
    return sink;
  }

  @Override
  protected List<String> receivedFlows() throws JsonProcessingException {
    List<String> flows = new ArrayList<>();
    for (String line : client.events().split("\n")) {
      if (line.startsWith("data: ")) {
        flows.add(new ObjectMapper().readTree(line.substring(6)).get("flow_id").textValue());
      }
    }
    return flows;
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
  }
}
