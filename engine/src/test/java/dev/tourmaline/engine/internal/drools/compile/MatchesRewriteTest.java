package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.drools.compile.KieCompilation.Diagnostic;
import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** The operator as Drools runs it is the oracle. */
public class MatchesRewriteTest {

  private static final List<String> CONDITIONS =
      List.of(
          "Page( title matches \"a.*\" )",
          "Page( title not matches \"a.*\" )",
          "Page( title matches other )",
          "Page( title not matches other )",
          "Page(title matches \"a.*\" || matches \"b.*\")",
          "Page( title matches \"a.*\" || not matches \"b.*\" )",
          "Page( title == \"b\" || matches \"a.*\", other == \"a\" )",
          "Page( title not matches \"a.*\" && not matches \"b.*\" )",
          "Page( (title matches \"a.*\" && other matches \"[ab]\") || count == 1 )",
          "Page( count == 1 || (other matches \"[ab]\" && !(title matches \"b\")) )",
          "Page( !( title matches \"a.*\" ) )",
          "Page( $t : title matches \"a.*\", other == $t )",
          "Page( $t : title matches \"a.*\" || count == 1, other == $t )",
          "Page( $t : title not matches \"a.*\" ) Page( title == $t, other matches \".\" )",
          "Page( $t : title ) Page( other matches $t )",
          "Page( this.title matches \"a.*\", getOther() matches \"a\" )",
          "Page( title.toLowerCase() matches \"a.*\" )",
          "Page( title.substring(0, title.length() - 1) matches (\"a*\") )",
          "Page( names[\"k\"] matches \"a.*\" )",
          "Page( title // one\n  matches /* two */ \"a.*\"\n , count == 0 )",
          "$p : Page() String( this matches \"a.*\" ) from $p.title",
          "Page( $t : title ) eval( $t matches \"a.*\" )",
          "not Page( title matches \"z.*\" )",
          "exists( Page( title matches \"a.*\" ) and Page( other matches \"b\" ) )",
          "$n : Number( intValue > 0 ) from accumulate( Page( title matches \"a.*\" ), count(1) )",
          "accumulate( $p : Page( title matches \"a.*\" ); $n : count($p); $n > 0 )",
          "Page( title matches pattern(\"a\") )",
          "Page( title != null && title matches \"a\\\\d*\" )",
          "Page( title str[startsWith] \"zz\" || matches \"b.*\" )",
          "Page( title matches \"a.*\" && (count == 0 || other matches \"b\") )",
          "Page( ( $t : title matches \"a.*\" ) )",
          "Page( count == 0 || $t : title matches \"a.*\" )",
          "Page( \"ab\" matches title )",
          "Page( title matches (\"a\" + \".*\") )",
          "Page( names.get(\"k\") matches \"a.*\" )",
          "Page( title!.length > 0 && title matches \"a.*\" )",
          "( Page( title matches \"a.*\" ) or Page( other matches \"a\" ) )",
          "Page( $t : title, $o : other, $t matches $o || $o matches \"b\" )",
          "Page( title matches 'a.*' )",
          "Page( title contains \"a\" && not matches \".*b\" )",
          "Page( ((String) title) matches \"a.*\" )",
          "Page( kind matches \"a.*\" )",
          "Page( this#Page.title matches \"a.*\" )");

  private static final String HEADER =
      """
      package p;
      import %s;
      function boolean matches(String text) { return text != null; }
      function String pattern(String text) { return text + ".*"; }
      """
          .formatted(Page.class.getCanonicalName());

  /** What the rules match. */
  public static final class Page {
    private @Nullable String title;
    private final @Nullable String other;
    private final int count;

    Page(@Nullable String title, @Nullable String other, int count) {
      this.title = title;
      this.other = other;
      this.count = count;
    }

    public @Nullable String getTitle() {
      return title;
    }

    public @Nullable String getOther() {
      return other;
    }

    public int getCount() {
      return count;
    }

    public Object getKind() {
      return String.valueOf(title);
    }

    public Map<String, @Nullable String> getNames() {
      return Map.of("k", String.valueOf(title));
    }
  }

  @Test
  void rulesMatchWhatTheyMatchedAsWritten() {
    String written = drl(CONDITIONS);
    CompiledRules before = compiled(written);
    CompiledRules after = compiled(rewritten(written));
    List<String> texts = List.of("a", "ab", "b", "", "a\nb", ".*", "A1", "zz");
    for (String title : texts) {
      for (String other : texts) {
        for (int count = 0; count < 2; count++) {
          assertThat(fired(after, title, other, count))
              .as("%s, %s, %s", title, other, count)
              .isEqualTo(fired(before, title, other, count));
        }
      }
    }
  }

  @Test
  void nullMatchesAsItDidAsWritten() {
    String written = drl(CONDITIONS.subList(0, 11));
    CompiledRules before = compiled(written);
    CompiledRules after = compiled(rewritten(written));
    assertThat(fired(after, null, "a", 0)).isEqualTo(fired(before, null, "a", 0)).isNotEmpty();
    assertThat(fired(after, "a", null, 0)).isEqualTo(fired(before, "a", null, 0)).isNotEmpty();
  }

  @Test
  void aConditionIsAskedAgainWhenItsPropertyChanges() {
    String written = drl(CONDITIONS.subList(0, 11));
    assertThat(firedAfterAnUpdate(compiled(rewritten(written))))
        .isEqualTo(firedAfterAnUpdate(compiled(written)))
        .isNotEmpty();
  }

  @Test
  void linesStayWhereTheAuthorWroteThem() {
    String written = drl(CONDITIONS);
    assertThat(rewritten(written).lines().filter(line -> line.startsWith("rule")))
        .containsExactlyElementsOf(
            written.lines().filter(line -> line.startsWith("rule")).toList());
    assertThat(rewritten(written).lines().count()).isEqualTo(written.lines().count());
    assertThat(rewritten(written)).doesNotContain(" matches ");
  }

  private static String rewritten(String drl) {
    DrlFile file = new DrlFile(0, new RuleSet.Source("a.drl", drl));
    TextEdits edits = new TextEdits(drl);
    file.rules.forEach(rule -> new MatchesRewrite(file, rule.conditions(), edits).rewrite());
    file.queries.forEach(query -> new MatchesRewrite(file, query, edits).rewrite());
    return edits.edited();
  }

  private static String drl(List<String> conditions) {
    StringBuilder drl = new StringBuilder(HEADER);
    for (String condition : conditions) {
      drl.append("rule '")
          .append(CONDITIONS.indexOf(condition))
          .append("' when\n")
          .append(condition)
          .append("\nthen end\n");
    }
    return drl.toString();
  }

  private static CompiledRules compiled(String drl) {
    KieCompilation compilation = KieCompilation.run(() -> Map.of("p/a.drl", drl));
    assertThat(compilation.errors()).extracting(Diagnostic::text).isEmpty();
    return new CompiledRules(compilation.release(), List.of());
  }

  private static TreeSet<String> fired(
      CompiledRules rules, @Nullable String title, @Nullable String other, int count) {
    return fired(rules, session -> session.insert(new Page(title, other, count)));
  }

  private static TreeSet<String> firedAfterAnUpdate(CompiledRules rules) {
    return fired(
        rules,
        session -> {
          Page page = new Page("zz", "zz", 0);
          FactHandle handle = session.insert(page);
          session.fireAllRules(match -> false);
          page.title = "a";
          session.update(handle, page, "title");
        });
  }

  private static TreeSet<String> fired(CompiledRules rules, Consumer<KieSession> events) {
    TreeSet<String> fired = new TreeSet<>();
    KieSession session = rules.kieBase().newKieSession();
    session.addEventListener(
        new DefaultAgendaEventListener() {
          @Override
          public void afterMatchFired(AfterMatchFiredEvent event) {
            fired.add(event.getMatch().getRule().getName());
          }
        });
    try {
      events.accept(session);
      session.fireAllRules();
    } catch (RuntimeException e) {
      fired.add("fails");
    } finally {
      session.dispose();
    }
    return fired;
  }
}
