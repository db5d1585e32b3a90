package dev.tourmaline.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page whose tables stand between {@code <!-- table: NAME -->} and {@code <!-- end -->} and are
 * generated: the header stays as it is written, and rows keep their order.
 */
final class PageTables {

  private static final Pattern TABLE =
      Pattern.compile("<!-- table: (.+?) -->\n(.*?)<!-- end -->", Pattern.DOTALL);

  private static final int HEADER_LINES = 2;

  private final Path page;
  private final String text;

  private PageTables(Path page, String text) {
    this.page = page;
    this.text = text;
  }

  static PageTables read(Path page) throws IOException {
    return new PageTables(page, Files.readString(page));
  }

  /** The names of the tables, as the page has them. */
  List<String> names() {
    return TABLE.matcher(text).results().map(table -> table.group(1)).toList();
  }

  /** The rows of a table, each as its cells. */
  List<List<String>> rows(String name) {
    return TABLE
        .matcher(text)
        .results()
        .filter(table -> table.group(1).equals(name))
        .flatMap(table -> table.group(2).lines().skip(HEADER_LINES))
        .map(PageTables::cells)
        .toList();
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    for (String cell : row.substring(1, row.lastIndexOf('|')).split("\\|")) {
      cells.add(cell.strip());
    }
    return cells;
  }

  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** The page with the rows of its tables as they should be. */
  String with(Map<String, List<String>> rowsByTable) {
    Matcher tables = TABLE.matcher(text);
    return tables.replaceAll(
        table ->
            rowsByTable.containsKey(table.group(1))
                ? Matcher.quoteReplacement(table(table, rowsByTable.get(table.group(1))))
                : Matcher.quoteReplacement(table.group()));
  }

  private static String table(MatchResult table, List<String> rows) {
    List<String> lines = table.group(2).lines().toList();
    Map<String, String> left = new LinkedHashMap<>();
    rows.forEach(row -> left.put(cells(row).get(0), row));
    List<String> ordered = new ArrayList<>(lines.subList(0, Math.min(HEADER_LINES, lines.size())));
    for (String line : lines.subList(ordered.size(), lines.size())) {
      Optional.ofNullable(left.remove(cells(line).get(0))).ifPresent(ordered::add);
    }
    ordered.addAll(left.values());
    return "<!-- table: %s -->\n%s\n<!-- end -->"
        .formatted(table.group(1), String.join("\n", ordered));
  }

  void write(String newText) throws IOException {
    Files.writeString(page, newText);
  }
}
