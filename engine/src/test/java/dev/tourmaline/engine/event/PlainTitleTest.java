package dev.tourmaline.engine.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.codec.EventDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTitleTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "Page Load: Dashboard, pageview",
        "page load:Dashboard, pageview",
        "Page view, pageview",
        "Pageview: /pricing, pageview",
        "Navigated to Sessions, pageview",
        "Viewed Billing, pageview",
        "Visited /pricing, pageview",
        "Click Export CSV button, click",
        "CLICK USER CONVERSATION, click",
        "Clicked 'Buy Now', click",
        "Click, click",
        "Click: Save, click",
        "  clicked Export, click",
        "Submit contact form, submit",
        "SUBMITTED checkout, submit",
        "Submitted by the save button, submit",
        "Type Search organizations..., type",
        "Typed into Email, type",
        "Focus Email, focus",
        "FOCUSED Save button, focus",
        "Blur Email, blur",
        "Blurred Email, blur"
      })
  void anActionWithoutTypeIsWhatItsTitlePlainlySays(String title, String type) {
    assertThat(untyped(title).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Export CSV button",
        "Clickthrough rate",
        "Click-to-call",
        "Typeface",
        "Type filter button",
        "Submit button",
        "SUBMIT ORDER BUTTON",
        "Page load times",
        "Pageviews",
        "View Session",
        "Navigated",
        "Do not click",
        "Page"
      })
  void whatATitleDoesNotPlainlySayStaysUnknown(String title) {
    assertThat(untyped(title).type()).isEmpty();
  }

  @Test
  void aTypeThatIsThereWinsOverTheTitle() {
    assertThat(UiAction.builder("click").title("Page Load: Dashboard").build().type())
        .isEqualTo("click");
    assertThat(UiAction.builder("drag").title("Click Save").build().type()).isEqualTo("drag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"type\":\"\",", "\"type\":null,", "\"ty\\u0070e\":null,"})
  void aDecodedActionIsTheOneThatWasBuilt(String type) {
    String frame =
        """
        {"type":"actions","product_id":"p","session_id":"s","count":1,"forwarded_at":1772442000.0,
         "actions":[{%s"title":"Page Load: Dashboard","canonical_url":"/dashboard"}]}"""
            .formatted(type);
    DecodeResult.Decoded decoded =
        (DecodeResult.Decoded) EventDecoder.create().decode(frame.getBytes(UTF_8));
    UiAction built =
        UiAction.builder("pageview")
            .title("Page Load: Dashboard")
            .canonicalUrl("/dashboard")
            .build();
    assertThat(((ActionsEvent) decoded.event()).actions()).containsExactly(built);
  }

  private static UiAction untyped(String title) {
    return UiAction.builder("").title(title).build();
  }
}
