package dev.tourmaline.fuzz;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.codec.EventEncoder;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.rules.RuleLocations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Frames of the connector: a line each is decoded, comes back the same from the encoder, and is
 * evaluated by the rule packs without a failure of any rule.
 */
public final class FramesTarget {

  /** Sessions that earlier inputs opened are let go after so many. */
  private static final int INPUTS_PER_ENGINE = 5_000;

  private static final EventDecoder DECODER = EventDecoder.create();
  private static final EventEncoder ENCODER = EventEncoder.create();
  private static final RuleBase RULES =
      RuleBase.compile(
          RuleLocations.readAll(
              List.of("pack:navigation", "pack:frustration", "pack:billing", "pack:hesitation"),
              Path.of("")));
  private static volatile String failure = "";
  private static TourEngine engine = newEngine();
  private static int inputs;

  private FramesTarget() {}

  private static TourEngine newEngine() {
    return TourEngine.builder(RULES)
        .lanes(1)
        // A machine under load is no fault of a rule.
        .ruleBudget(Duration.ofSeconds(20))
        .listener(
            new EngineListener() {
              @Override
              public void ruleFailed(RuleFailure failed) {
                failure = failed.toString();
              }
            })
        .build();
  }

  /** Does what takes long at first. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput("{}".getBytes(StandardCharsets.US_ASCII));
  }

  /** Holds an input to the property. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (++inputs % INPUTS_PER_ENGINE == 0) {
      engine.close();
      engine = newEngine();
    }
    for (byte[] frame : Bytes.lines(input)) {
      checkDecoding(frame);
      try {
        engine.acceptFrame(frame).toCompletableFuture().get(25, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the frame was not evaluated", e);
      }
    }
    if (!failure.isEmpty()) {
      String seen = failure;
      failure = "";
      throw new IllegalStateException(seen);
    }
  }

  private static void checkDecoding(byte[] frame) {
    DecodeResult result = DECODER.decode(frame);
    if (result instanceof Decoded decoded
        && !DECODER
            .decode(ENCODER.encode(decoded.event()))
            .equals(new Decoded(decoded.event(), List.of(), false))) {
      throw new IllegalStateException("does not come back the same: " + decoded);
    }
    if (result instanceof DecodeResult.Rejected rejected
        && rejected.detail().contains("parser failed")) {
      throw new IllegalStateException(rejected.toString());
    }
  }
}
