package dev.tourmaline.adapter.autoplay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** Bytes read as an event stream, without a network: the normaliser with okhttp-sse behind it. */
final class Reading {

  final List<Event> events = new ArrayList<>();
  final List<String> dropped = new ArrayList<>();
  final ReconnectionState reconnection = new ReconnectionState();
  @Nullable Throwable failure;

  record Event(String type, String data) {}

  static Reading of(String stream) {
    return of(stream.getBytes(StandardCharsets.UTF_8));
  }

  static Reading of(byte[] stream) {
    return of(List.of(stream), 1 << 20);
  }

  /** Reads pieces that arrive one by one. */
  static Reading of(List<byte[]> pieces, int limit) {
    Reading reading = new Reading();
    reading.read(new Pieces(pieces), limit);
    return reading;
  }

  /** The first {@code cut} bytes arrive first, then the rest. */
  static Reading cut(byte[] stream, int cut) {
    byte[] head = Arrays.copyOfRange(stream, 0, cut);
    byte[] tail = Arrays.copyOfRange(stream, cut, stream.length);
    return of(List.of(head, tail), 1 << 20);
  }

  List<String> data() {
    return events.stream().map(Event::data).toList();
  }

  /** What the normaliser makes of a stream. */
  static String normalised(String stream) {
    Reading reading = new Reading();
    List<byte[]> pieces = List.of(stream.getBytes(StandardCharsets.UTF_8));
    try (NormalisedSource source = reading.source(new Pieces(pieces), 1 << 20)) {
      return Okio.buffer(source).readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NormalisedSource source(Source upstream, int limit) {
    return new NormalisedSource(upstream, limit, reconnection, dropped::add, () -> {});
  }

  void read(Source upstream, int limit) {
    MediaType type = MediaType.get("text/event-stream");
    Response response =
        new Response.Builder()
            .request(new Request.Builder().url("http://127.0.0.1/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("OK")
            .body(ResponseBody.create(Okio.buffer(source(upstream, limit)), type, -1))
            .build();
    EventSources.processResponse(
        response,
        new EventSourceListener() {
          @Override
          public void onEvent(
              EventSource source, @Nullable String id, @Nullable String type, String data) {
            events.add(new Event(type == null ? "message" : type, data));
          }

          @Override
          public void onFailure(
              EventSource source, @Nullable Throwable fault, @Nullable Response response) {
            failure = fault;
          }
        });
  }

  /** Gives one piece a read, as a socket does. */
  private static final class Pieces implements Source {

    private final List<byte[]> pieces;
    private int next;
    private final Buffer rest = new Buffer();

    Pieces(List<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public long read(Buffer sink, long byteCount) {
      while (rest.exhausted() && next < pieces.size()) {
        rest.write(pieces.get(next++));
      }
      return rest.read(sink, byteCount);
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
