package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.rule.RuleSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopPollsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          while (x) { a(); } | while (x) {# a(); }
          while (x) a(); | while (x) {# a(); }
          while (x) ; | while (x) {# ; }
          for (;;) for (int i : l) a(); b(); | for (;;) {# for (int i : l) {# a(); } } b();
          do a(); while (x); b(); | do {# a(); } while (x); b();
          do { a(); } while (x); | do {# a(); } while (x);
          do while (x) a(); while (y); | do {# while (x) {# a(); } } while (y);
          do do a(); while (x); while (y); | do {# do {# a(); } while (x); } while (y);
          while (x) if (y) a(); else if (z) b(); else { c(); } d(); | while (x) {# if (y) a(); else if (z) b(); else { c(); } } d();
          if (y) while (x) a(); else b(); | if (y) while (x) {# a(); } else b();
          while (x) try (R r = o()) { a(); } catch (E e) { b(); } finally { c(); } d(); | while (x) {# try (R r = o()) { a(); } catch (E e) { b(); } finally { c(); } } d();
          while (x) switch (y) { case 1: a(); } b(); | while (x) {# switch (y) { case 1: a(); } } b();
          while (x) synchronized (y) { a(); } b(); | while (x) {# synchronized (y) { a(); } } b();
          o: while (x) i: for (;;) { continue o; } b(); | o: while (x) {# i: for (;;) {# continue o; } } b();
          l.forEach(s -> { while (x) ; }); | l.forEach(s -> {# while (x) {# ; } });
          while (x) l.forEach(s -> { a(s); }); b(); | while (x) {# l.forEach(s -> {# a(s); }); } b();
          new T() { public int f(int n) { return f(n); } }.f(1); | new T() { public int f(int n) {# return f(n); } }.f(1);
          new T() { <A> List<A> f(int n) throws E, a.F { g(); } }; | new T() { <A> List<A> f(int n) throws E, a.F {# g(); } };
          class T { T(int n) { super(n); } } | class T { T(int n) { super(n); } }
          modify($a) { setX(1) } if (x) { a(); } new T(1) { }; | modify($a) { setX(1) } if (x) { a(); } new T(1) { };
          a("while (x) a();", 'x', "for (;;)"); /* do a(); */ | a("while (x) a();", 'x', "for (;;)"); /* do a(); */
          while (x) a("}", ';'); b(); | while (x) {# a("}", ';'); } b();
          while (x) { | while (x) {#
          for | for
          do | do
          """)
  void everyLoopAndCallablePolls(String code, String expected) {
    DrlFile file = new DrlFile(0, new RuleSet.Source("a.drl", code));
    TextEdits edits = new TextEdits(code);
    LoopPolls.inject(file.tokens, edits);
    assertThat(
            edits.edited().replace(" dev.tourmaline.engine.internal.fact.RuleBudget.check();", "#"))
        .isEqualTo(expected);
  }
}
