package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import java.util.function.Consumer;

/**
 * Takes the frames of one source, and rejects those of products that it does not carry: a connector
 * reaches the rules and the browsers of its own product alone. Thread-safe.
 */
final class SourceFrames implements FrameReceiver {

  /** Other ids are not shown: they may be anything. */
  private static final String USUAL_ID = "[A-Za-z0-9_-]{1,64}";

  private final EventSource source;
  private final String product;
  private final EventDecoder decoder;
  private final Intake intake;
  private final Consumer<StreamEvent> events;

  SourceFrames(
      EventSource source, EventDecoder decoder, Intake intake, Consumer<StreamEvent> events) {
    this.source = source;
    this.product = source.productId();
    this.decoder = decoder;
    this.intake = intake;
    this.events = events;
  }

  @Override
  public void receive(byte[] utf8) {
    DecodeResult result = bound(decoder.decode(utf8));
    intake.count(result);
    if (result instanceof Decoded decoded) {
      events.accept(decoded.event());
    }
  }

  /** An event without a product reaches no session, and is counted as unroutable further on. */
  private DecodeResult bound(DecodeResult result) {
    if (!(result instanceof Decoded decoded)) {
      return result;
    }
    String claimed = decoded.event().productId();
    return claimed.equals(product) || claimed.isBlank() ? result : ofAnother(claimed);
  }

  private Rejected ofAnother(String claimed) {
    String shown =
        claimed.matches(USUAL_ID) ? claimed : "a text of %d characters".formatted(claimed.length());
    return new Rejected(
        RejectReason.OTHER_PRODUCT,
        "product_id is %s; right would be %s, which source %s carries"
            .formatted(shown, product, source.name()));
  }
}
