package dev.tourmaline.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs, taken apart. */
class PageUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://h.com,                     h.com, /,              '',    ''",
    "https://h.com?x=1,                 h.com, /,              x=1,   ''",
    "https://h.com#top,                 h.com, /,              '',    top",
    "https://u:p@h.com:8443/a/b?x#y?z,  h.com, /a/b,           x,     y?z",
    "http://[::1]:8080/a,               [::1], /a,             '',    ''",
    "/a/b?next=https://h.com/c,         '',    /a/b,           next=https://h.com/c, ''",
    "/a#b://c,                          '',    /a,             '',    b://c",
    "a/b,                               '',    a/b,            '',    ''",
    "?x=1,                              '',    /,              x=1,   ''",
    "https://h.com/#/settings,          h.com, /,              '',    /settings",
    "https://h.com//a//,                h.com, //a//,          '',    ''",
    "'',                                '',    '',             '',    ''",
  })
  void aUrlIsTakenApart(String url, String host, String path, String query, String fragment) {
    assertThat(
            List.of(
                PageUrl.host(url), PageUrl.path(url), PageUrl.query(url), PageUrl.fragment(url)))
        .containsExactly(host, path, query, fragment);
  }

  @Property(tries = 1000)
  void noUrlMakesTakingItApartThrow(@ForAll String url) {
    assertThat(url).contains(PageUrl.host(url), PageUrl.query(url), PageUrl.fragment(url));
    assertThat(PageUrl.path(url).isEmpty()).isEqualTo(url.isEmpty());
  }
}
