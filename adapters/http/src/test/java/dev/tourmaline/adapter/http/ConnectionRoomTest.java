package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionRoomTest {

  @ParameterizedTest
  @CsvSource({
    "100, 50",
    "256, 128",
    "512, 256",
    "1024, 768",
    "2048, 1536",
    "4096, 3072",
    "65536, 64512",
    "9223372036854775807, 2147483647",
  })
  void aQuarterOfTheFilesIsKeptBackWithinBounds(long files, int connections) {
    assertThat(ConnectionRoom.within(files)).isEqualTo(connections);
  }

  @ParameterizedTest
  @CsvSource({"8, 6, 1", "20, 16, 2", "768, 608, 64", "20000, 10000, 64"})
  void anEighthIsForRequestsThatAreNoStreams(int connections, int browsers, int servers) {
    assertThat(ConnectionRoom.of(connections, 10_000, 64))
        .isEqualTo(new ConnectionRoom(connections, browsers, servers));
  }

  @ParameterizedTest
  @CsvSource({"10000, 64", "1, 1", "2, 64", "63, 1"})
  void enoughConnectionsLeaveAllStreamsTheirRoom(int browsers, int servers) {
    int enough = ConnectionRoom.enoughFor(browsers, servers);

    assertThat(ConnectionRoom.of(enough, browsers, servers).browserStreams()).isEqualTo(browsers);
  }

  @Test
  void theProcesssOwnFileLimitIsKnown() {
    assertThat(ConnectionRoom.fileLimit()).isPositive();
  }
}
