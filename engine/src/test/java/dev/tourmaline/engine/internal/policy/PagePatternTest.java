package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Patterns over the paths of pages. */
class PagePatternTest {

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("/", "/", "a", "b", "/:id", "*", ".", "\n", "é", "(", "\\E", "//", ":")
        .list()
        .ofMaxSize(9)
        .map(parts -> "/" + String.join("", parts));
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(
            "/", "/a", "/b", "a", "*", "/*", "/**", "/**/", "/:id", "/:", "**", ".", "(", "\\E")
        .list()
        .ofMaxSize(7)
        .map(parts -> "/" + String.join("", parts));
  }

  @Property(tries = 20_000, seed = "20260301")
  void aPatternMatchesAsItsRegularExpressionDoes(
      @ForAll("patterns") String pattern, @ForAll("paths") String path) {
    assertThat(PagePattern.matches(pattern, path))
        .as("%s on %s", pattern, path)
        .isEqualTo(Pattern.matches(regex(pattern), "/" + withoutSlash(path)));
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (String segment : withoutSlash(pattern).split("/", -1)) {
      if (segment.equals("**")) {
        regex.append("(?:/[^/]*)*");
      } else if (segment.startsWith(":") && segment.length() > 1) {
        regex.append("/[^/]+");
      } else {
        regex.append('/');
        segment
            .chars()
            .mapToObj(Character::toString)
            .map(c -> c.equals("*") ? "[^/]*" : Pattern.quote(c))
            .forEach(regex::append);
      }
    }
    return regex.toString();
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  @Test
  void aFolderOfPagesHoldsItsOwnPageAndNoNeighbour() {
    assertThat(PagePattern.matches("/checkout/**", "/checkout")).isTrue();
    assertThat(PagePattern.matches("/checkout/**", "/checkout/")).isTrue();
    assertThat(PagePattern.matches("/checkout/**", "/checkout/pay/3")).isTrue();
    assertThat(PagePattern.matches("/checkout/**", "/checkout-help")).isFalse();
    assertThat(PagePattern.matches("/**", "/")).isTrue();
  }

  @Test
  void aNameStandsForOneSegment() {
    assertThat(PagePattern.matches("/invoices/:id", "/invoices/7")).isTrue();
    assertThat(PagePattern.matches("/invoices/:id", "/invoices/:id")).isTrue();
    assertThat(PagePattern.matches("/invoices/:id", "/invoices")).isFalse();
    assertThat(PagePattern.matches("/invoices/:id", "/invoices/7/edit")).isFalse();
  }

  @Test
  void aPatternOfManyStarsIsNotSlow() {
    assertThat(PagePattern.matches("/**/a".repeat(12) + "/b", "/a".repeat(2_000))).isFalse();
    assertThat(PagePattern.matches("/" + "*a".repeat(20) + "b", "/" + "a".repeat(4_000))).isFalse();
  }
}
