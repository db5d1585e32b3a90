package dev.tourmaline.storefront;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between one browser and the server and keeps every byte that the browser is sent. */
final class RecordingProxy implements AutoCloseable {

  private final URI target;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "recording-proxy");
            thread.setDaemon(true);
            return thread;
          });

  RecordingProxy(URI target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Every byte that the browser was sent so far, as text. */
  String received() {
    synchronized (received) {
      return received.toString(StandardCharsets.UTF_8);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket browser = open(server.accept());
        Socket upstream = open(new Socket(target.getHost(), target.getPort()));
        threads.execute(() -> copy(browser, upstream, false));
        threads.execute(() -> copy(upstream, browser, true));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private Socket open(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void copy(Socket from, Socket to, boolean record) {
    byte[] buffer = new byte[16_384];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int n;
      while ((n = in.read(buffer)) >= 0) {
        if (record) {
          synchronized (received) {
            received.write(buffer, 0, n);
          }
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException closed) {
      // One side has gone, so the other may.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
