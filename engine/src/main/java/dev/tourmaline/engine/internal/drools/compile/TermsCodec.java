package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Goal;
import dev.tourmaline.engine.trigger.Guard;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.RuleTerms;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The binary codec of the terms on which a rule's tours are shown. */
final class TermsCodec {

  private TermsCodec() {}

  static void write(DataOutputStream out, RuleTerms terms) throws IOException {
    optional(out, terms.mode(), (o, mode) -> o.writeByte(mode.ordinal()));
    optional(out, terms.freshFor(), TermsCodec::duration);
    out.writeInt(terms.showOn().size());
    for (String page : terms.showOn()) {
      DefinitionCodec.text(out, page);
    }
    DefinitionCodec.text(out, terms.element());
    optional(out, terms.invite(), DataOutputStream::writeBoolean);
    out.writeBoolean(terms.followUp());
    optional(out, terms.oncePer(), TermsCodec::frequency);
    optional(out, terms.cooldown(), TermsCodec::duration);
    optional(out, terms.afterDismissal(), TermsCodec::duration);
    optional(out, terms.from(), (o, at) -> o.writeLong(at.getEpochSecond()));
    optional(out, terms.until(), (o, at) -> o.writeLong(at.getEpochSecond()));
    out.writeDouble(terms.rollout());
    out.writeDouble(terms.holdout());
    DefinitionCodec.text(out, terms.audience());
    DefinitionCodec.text(out, terms.unless());
    optional(
        out,
        terms.guard(),
        (o, guard) -> {
          o.writeDouble(guard.dismissals());
          o.writeDouble(guard.failures());
        });
    optional(
        out,
        terms.goal(),
        (o, goal) -> {
          DefinitionCodec.text(o, goal.kind());
          DefinitionCodec.text(o, goal.page());
          duration(o, goal.within());
        });
  }

  static RuleTerms read(DataInputStream in) throws IOException {
    RuleTerms.Builder terms = RuleTerms.builder();
    optional(in, i -> Mode.values()[i.readByte()]).ifPresent(terms::mode);
    optional(in, TermsCodec::duration).ifPresent(terms::freshFor);
    List<String> pages = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      pages.add(DefinitionCodec.text(in));
    }
    terms.showOn(pages);
    terms.element(DefinitionCodec.text(in));
    optional(in, DataInputStream::readBoolean).ifPresent(terms::invite);
    terms.followUp(in.readBoolean());
    optional(in, TermsCodec::frequency).ifPresent(terms::oncePer);
    optional(in, TermsCodec::duration).ifPresent(terms::cooldown);
    optional(in, TermsCodec::duration).ifPresent(terms::afterDismissal);
    optional(in, i -> Instant.ofEpochSecond(i.readLong())).ifPresent(terms::from);
    optional(in, i -> Instant.ofEpochSecond(i.readLong())).ifPresent(terms::until);
    terms.rollout(in.readDouble());
    terms.holdout(in.readDouble());
    terms.audience(DefinitionCodec.text(in));
    terms.unless(DefinitionCodec.text(in));
    optional(in, i -> new Guard(i.readDouble(), i.readDouble())).ifPresent(terms::guard);
    optional(in, i -> new Goal(DefinitionCodec.text(i), DefinitionCodec.text(i), duration(i)))
        .ifPresent(terms::goal);
    return terms.build();
  }

  private static void duration(DataOutputStream out, Duration duration) throws IOException {
    out.writeLong(duration.getSeconds());
    out.writeInt(duration.getNano());
  }

  private static Duration duration(DataInputStream in) throws IOException {
    return Duration.ofSeconds(in.readLong(), in.readInt());
  }

  private static void frequency(DataOutputStream out, Frequency frequency) throws IOException {
    out.writeByte(frequency.scope().ordinal());
    out.writeInt(frequency.times());
    duration(out, frequency.window());
  }

  private static Frequency frequency(DataInputStream in) throws IOException {
    return new Frequency(Frequency.Scope.values()[in.readByte()], in.readInt(), duration(in));
  }

  private interface Write<T> {
    void to(DataOutputStream out, T value) throws IOException;
  }

  private interface Read<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static <T> void optional(DataOutputStream out, Optional<T> value, Write<T> write)
      throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      write.to(out, value.get());
    }
  }

  private static <T> Optional<T> optional(DataInputStream in, Read<T> read) throws IOException {
    return in.readBoolean() ? Optional.of(read.from(in)) : Optional.empty();
  }
}
