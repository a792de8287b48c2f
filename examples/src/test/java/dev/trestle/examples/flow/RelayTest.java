package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private final ServerSocket echo;
  private final Relay relay;

  RelayTest() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    relay = Relay.to("localhost", echo.getLocalPort());
  }

  @BeforeEach
  void serve() {
    start(
        () -> {
          while (!echo.isClosed()) {
            Socket socket = echo.accept();
            start(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  }
                });
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    echo.close();
  }

  @Test
  void passesOnBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoes(client)).isTrue();
      assertThat(echoes(client)).isTrue();
    }
  }

  @Test
  void breaksAllConnectionsAndNewOnesUntilItIsOpened() throws IOException {
    try (Socket first = connect();
        Socket second = connect()) {
      assertThat(echoes(first) && echoes(second)).isTrue();

      join(relay.cut());
      assertThat(echoes(first)).isFalse();
      assertThat(echoes(second)).isFalse();
      try (Socket third = connect()) {
        assertThat(echoes(third)).isFalse();
      }

      join(relay.open());
      try (Socket fourth = connect()) {
        assertThat(echoes(fourth)).isTrue();
      }
    }
  }

  @Test
  void killsOneConnection() {
    List<Socket> clients = IntStream.range(0, 3).mapToObj(i -> connect()).toList();
    assertThat(clients).allMatch(RelayTest::echoes);

    assertThat(join(relay.killOne(-5))).isTrue();

    assertThat(clients.stream().filter(RelayTest::echoes)).hasSize(2);
    clients.forEach(RelayTest::close);
    await().until(() -> !join(relay.killOne(0)));
  }

  @Test
  void breaksAConnectionToAServerThatIsNotThere() throws IOException {
    echo.close();
    try (Socket client = connect()) {
      assertThat(echoes(client)).isFalse();
    }
  }

  private Socket connect() {
    try {
      return new Socket("localhost", relay.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the far end answers; false if the connection is broken. */
  private static boolean echoes(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() == 'x';
    } catch (IOException broken) {
      return false;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Ends when its socket is closed. */
  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                Thread.currentThread().setName("closed: " + closed.getMessage());
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
