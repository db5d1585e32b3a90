package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationRunsNoRuleTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule 'R' @flow('f') when $a : Action( path == String.valueOf(MKDIR) ) then # end",
        "rule 'R' @flow('f') when $a : Action( path != null && MKDIR ) then # end",
        "rule 'R' @flow('f') when $a : Action( MKDIR ) then # end",
        "rule 'R' @flow('f') when $a : Action( path in ('/a', String.valueOf(MKDIR)) ) then # end",
        "rule 'R' @flow('f') when $a : Action( path matches String.valueOf(MKDIR) ) then # end",
        "rule 'R' @flow('f') when $a : Action( eval( MKDIR ) ) then # end",
        "rule 'R' @flow('f') when $a : Action() eval( MKDIR ) then # end",
        "rule 'R' @flow('f') when $a : Action() String() from String.valueOf(MKDIR) then # end",
        "rule 'R' @flow('f') when $a : Action() $n : Number() from accumulate( Action( MKDIR ), count(MKDIR) ) then # end",
        "rule 'R' @flow('f') when $a : Action() Action( this after[0s,10m] $a, path == String.valueOf(MKDIR) ) then # end",
        "rule 'R' @flow('f') enabled ( MKDIR ) when $a : Action() then # end",
        "rule 'R' @flow('f') timer ( expr: MKDIR ? '1s' : '2s' ) when $a : Action() then # end",
        "rule 'R' @flow('f') @Extra( MKDIR ) when $a : Action() then # end",
        "rule 'R' @flow('f') when $a : Action() then MKDIR; # end",
        "rule 'R' @flow('f') when $a : Action( f() ) then # end function boolean f() { return MKDIR; }",
        "declare enum E A(MKDIR); made : boolean end rule 'R' @flow('f') when $a : Action( E.A.made ) then # end",
        "declare enum E A(MKDIR); made : boolean end rule 'R' @flow('f') when $a : Action() then E e = E.A; # end",
        "declare enum E A(); made : boolean = MKDIR end rule 'R' @flow('f') when $a : Action() then E e = E.A; # end",
        "declare T @role( event ) @expires( 10m ) made : boolean = MKDIR end rule 'R' @flow('f') when $a : Action() T( made ) then # end",
        "declare T @role( event ) @expires( 10m ) @timestamp( made ) made : long = MKDIR ? 1 : 2 end rule 'R' @flow('f') when $a : Action() then # insert(new T()); end",
        "query 'q' ( boolean b ) Action( MKDIR ) end rule 'R' @flow('f') when $a : Action() q( MKDIR; ) then # end",
      })
  void nothingOfARuleRuns(String drl) {
    Path made = directory.resolve("made");
    String text =
        drl.replace("MKDIR", "new java.io.File(\"" + made + "\").mkdir()")
            .replace("#", "tours.offer($a, \"\");")
            .replace('\'', '"');
    List<RuleProblem> problems = RuleBase.check(RuleSet.of("r.drl", text));
    assertThat(Files.exists(made)).as(problems.toString()).isFalse();
  }
}
