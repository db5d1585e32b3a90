package dev.tourmaline.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The product's pages, put together from their templates. Immutable and thread-safe. */
final class Pages {

  private static final Pattern SLOT = Pattern.compile("\\{\\{([^}]+)}}");
  private static final String PROJECT = "/projects/";

  private final String layout;
  private final Map<String, String> common;
  private final Map<String, String> templates = new HashMap<>();

  private record Page(String title, String template, String section) {}

  private static final Map<String, Page> PAGES =
      Map.of(
          "/dashboard", new Page("Dashboard", "dashboard", "/dashboard"),
          "/projects", new Page("Projects", "projects", "/projects"),
          "/settings", new Page("Settings", "settings", "/settings"),
          "/settings/billing", new Page("Billing", "billing", "/settings/billing"),
          "/pricing", new Page("Plans and pricing", "pricing", "/pricing"));

  /** Reads the templates; {@code common} fills slots that are the same on every page. */
  Pages(Map<String, String> common) {
    this.common = Map.copyOf(common);
    layout = read("layout.html");
    PAGES.values().forEach(page -> templates.put(page.template(), template(page.template())));
    templates.put("project", template("project"));
  }

  private static String template(String name) {
    return read("pages/" + name + ".html");
  }

  private static String read(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("/storefront/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no storefront/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the page of that path, if there is one} */
  Optional<String> render(String path) {
    if (path.startsWith(PROJECT)) {
      return Project.find(path.substring(PROJECT.length())).map(this::project);
    }
    return Optional.ofNullable(PAGES.get(path))
        .map(page -> page(page, Map.of("projects", projectRows())));
  }

  private String project(Project project) {
    return page(
        new Page(project.name(), "project", "/projects"),
        Map.ofEntries(
            Map.entry("name", project.name()),
            Map.entry("client", project.client()),
            Map.entry("lead", project.lead()),
            Map.entry("due", project.due()),
            Map.entry("status", project.status()),
            Map.entry("tone", project.tone()),
            Map.entry("progress", String.valueOf(project.progress())),
            Map.entry("hours", String.valueOf(project.hours())),
            Map.entry("planned", String.valueOf(project.planned())),
            Map.entry("milestone", project.milestone())));
  }

  private static String projectRows() {
    return Project.all().stream()
        .map(
            p ->
                """
                <tr><td><a href="/projects/%d">%s</a><small>%s</small></td>\
                <td><span class="chip %s">%s</span></td>\
                <td><progress max="100" value="%d">%d %%</progress> %d %%</td>\
                <td><span class="who"><span class="avatar small" aria-hidden="true">%s</span>%s</span></td>\
                <td>%s</td></tr>\
                """
                    .formatted(
                        p.id(),
                        p.name(),
                        p.client(),
                        p.tone(),
                        p.status(),
                        p.progress(),
                        p.progress(),
                        p.progress(),
                        p.leadInitials(),
                        p.lead(),
                        p.due()))
        .collect(Collectors.joining("\n"));
  }

  private String page(Page page, Map<String, String> values) {
    Map<String, String> slots = new HashMap<>(common);
    slots.putAll(values);
    slots.put("title", page.title());
    slots.put("current:" + page.section(), " aria-current=\"page\"");
    slots.put("content", fill(Objects.requireNonNull(templates.get(page.template())), slots));
    return fill(layout, slots);
  }

  private static String fill(String template, Map<String, String> slots) {
    Matcher slot = SLOT.matcher(template);
    return slot.replaceAll(
        match -> Matcher.quoteReplacement(slots.getOrDefault(match.group(1), "")));
  }
}
