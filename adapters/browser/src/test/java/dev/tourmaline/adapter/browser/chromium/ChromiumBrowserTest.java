package dev.tourmaline.adapter.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ChromiumBrowserTest {

  @Test
  void withoutABrowserTheTestsAreSkippedAndSayHowToGetOne() {
    assertThatThrownBy(() -> ChromiumBrowser.foundOrSkipped(Optional.empty(), false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("apt-get install chromium")
        .hasMessageContaining("TOURMALINE_CHROMIUM");
  }

  @Test
  void whereABrowserIsRequiredItsAbsenceIsAFailure() {
    assertThatThrownBy(() -> ChromiumBrowser.foundOrSkipped(Optional.empty(), true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("apt-get install chromium");
  }

  @Test
  void aBrowserThatIsFoundIsUsed() {
    Path chromium = Path.of("chromium");
    assertThat(ChromiumBrowser.foundOrSkipped(Optional.of(chromium), true)).isEqualTo(chromium);
  }
}
