package dev.tourmaline.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A visit as the connector tells it: frames, one a page view. */
final class Visit {

  private Visit() {}

  /** {@return three visits to billing with others in between, which start the billing tour} */
  static List<String> toBilling(double at) {
    List<String> frames = new ArrayList<>();
    for (String page : List.of("billing", "team", "billing", "team", "billing")) {
      frames.add(pageview("https://app.example.com/settings/" + page, at + 10 * frames.size()));
    }
    return frames;
  }

  private static String pageview(String url, double at) {
    return String.format(
        Locale.ROOT,
        """
        {"type":"actions","product_id":"prod_abc","session_id":"ps_1","user_id":"u_1","email":null,\
        "count":1,"forwarded_at":%2$.3f,"actions":[{"index":0,"type":"pageview","title":"Page",\
        "description":"User viewed a page","timestamp_start":%2$.3f,"timestamp_end":%2$.3f,\
        "raw_url":"%1$s","canonical_url":"%1$s","session_id":"ps_1","user_id":"u_1","email":null}]}""",
        url,
        at);
  }
}
