package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFlowTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

  @Test
  void theAccountTellsWhatHappened() {
    assertThat(run("--requests", "40")).isZero();

    assertThat(text(printed))
        .startsWith("One application behind two servers")
        .contains(
            "40 requests, 32 at once",
            "16  201  bought",
            "4  404  no such order",
            "4  400  a quantity of 0",
            "4  402  payment declined",
            "4  403  not in good standing",
            "async -> blocking at Atomic",
            "on vert.x-eventloop-thread-",
            "36 of 36 transactions stayed on one thread",
            "The way of request ",
            "The loop's longest stall",
            "checks against the database and the log hold",
            "forgotten/Orders.java:16: error: [un-awaited] logMessage(..)",
            "bad    logMessage(order + ",
            "fixed  return logMessage(order + ");
    assertThat(text(complained)).isEmpty();
  }

  @Test
  void oneRequestIsEnough() {
    assertThat(run("--requests", "1")).isZero();
    assertThat(text(printed)).contains("1 requests", "hold.");
  }

  @ParameterizedTest
  @CsvSource({
    "--port, '--port takes a number from 0 to 65535, but is given none'",
    "--port 65536, '--port takes a number from 0 to 65535, but is given 65536'",
    "--port http, '--port takes a number from 0 to 65535, but is given http'",
    "--requests 0, '--requests takes a number from 1 to 20000, but is given 0'",
    "--jdbc-url pg, '--jdbc-url takes a URL such as jdbc:postgresql://localhost/shop, but is given pg'",
    "--sevre, unknown argument '--sevre'",
  })
  void badArgumentsGetTheUsage(String arguments, String complaint) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(text(complained)).startsWith(complaint).contains("usage: RequestFlow");
    assertThat(text(printed)).isEmpty();
  }

  @Test
  void helpIsTheUsage() {
    assertThat(run("--help")).isZero();
    assertThat(text(printed)).startsWith("usage: RequestFlow");
  }

  @Test
  void aPortInUseIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      assertThat(run("--port", String.valueOf(taken.getLocalPort()))).isEqualTo(1);
    }
    assertThat(text(complained))
        .startsWith("the server could not start")
        .contains("Address already in use", "try another --port");
  }

  @Test
  void serveGoesOnUntilItIsInterrupted() throws Exception {
    Thread server = new Thread(() -> run("--requests", "10", "--serve"), "request flow");
    server.start();
    await()
        .until(
            () ->
                text(printed).contains("Serving until Ctrl-C")
                    && text(printed).contains("/timeline"));
    assertThat(server.isAlive()).isTrue();

    server.interrupt();
    server.join();
  }

  private int run(String... arguments) {
    return RequestFlow.run(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        new PrintStream(complained, true, StandardCharsets.UTF_8),
        arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
