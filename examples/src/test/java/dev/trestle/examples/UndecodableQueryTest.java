package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query string that no client of the JDK would send is answered like any other mistake. */
class UndecodableQueryTest {
  private Service service;

  @BeforeEach
  void start() throws Exception {
    service = Service.start(0);
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
  }

  /** Sends a request as it is, and returns the status line, the headers and the body. */
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("localhost"), service.server.port())) {
      String head = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /orders?customer=%",
        "GET /orders?customer=%4",
        "GET /orders?customer=%zz",
        "POST /orders?customer=ada&item=%zz&quantity=1",
        "POST /orders?customer=ada&item=7&quantity=%zz"
      })
  void itIsABadRequestWithAReason(String request) throws Exception {
    String answer = answerTo(request);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/json");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(new JsonObject(body).getString("reason"))
        .startsWith("the query cannot be read: ")
        .doesNotEndWith(": null");
    // And the server goes on.
    assertThat(answerTo("GET /orders?customer=ada")).startsWith("HTTP/1.1 200 ");
  }
}
