package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoCommandTest {

  private static final Pattern ADDRESS = Pattern.compile("The demo is at (http://\\S+)");

  private final Running program = new Running();

  @Test
  void itSaysWhereTheDemoIsServesItAndStopsWhenAsked() throws Exception {
    CompletableFuture<Integer> exit = program.start("demo", "--port", "0");
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> exit.isDone() || ADDRESS.matcher(program.out()).find());
    Matcher address = ADDRESS.matcher(program.out());
    assertThat(address.find()).as(program.err()).isTrue();
    HttpResponse<String> page =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(address.group(1) + "/")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>");
    program.stop();
    assertThat(exit.get()).isZero();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(program.run("demo", "--port", port)).isEqualTo(1);
      assertThat(program.err())
          .contains("cannot listen on 127.0.0.1:" + port, "choose another port with --port")
          .doesNotContain("a fault of the program");
    }
  }

  @Test
  void aPortThatIsNoneIsWrongInput() {
    assertThat(program.run("demo", "--port", "80800")).isEqualTo(2);
    assertThat(program.err()).contains("--port is 80800, it must be from 0 to 65535");
  }
}
