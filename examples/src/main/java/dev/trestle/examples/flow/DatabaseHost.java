package dev.trestle.examples.flow;

import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * Where the databases of a load test are, behind a relay that can be cut: those of an H2 server of
 * its own, in memory, or one that is there.
 */
final class DatabaseHost implements AutoCloseable {
  private static final Pattern URL =
      Pattern.compile("(jdbc:(?:postgresql|h2:tcp)://)([^/:]+)(?::(\\d+))?(/.*)");
  private static final int POSTGRESQL_PORT = 5432;
  private static final int H2_PORT = 9092;

  private final @Nullable Server h2;
  private final @Nullable String url;
  private final String urlByRelay;
  final Relay relay;

  private DatabaseHost(@Nullable Server h2, @Nullable String url, String urlByRelay, Relay relay) {
    this.h2 = h2;
    this.url = url;
    this.urlByRelay = urlByRelay;
    this.relay = relay;
  }

  static DatabaseHost h2() throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0").start();
    Relay relay = Relay.to("localhost", server.getPort());
    return new DatabaseHost(
        server, null, "jdbc:h2:tcp://localhost:" + relay.port() + "/mem:", relay);
  }

  /** A database that is there. */
  static DatabaseHost at(String url) {
    Matcher parts = partsOf(url);
    int port =
        parts.group(3) != null
            ? Integer.parseInt(parts.group(3))
            : url.startsWith("jdbc:h2:") ? H2_PORT : POSTGRESQL_PORT;
    Relay relay = Relay.to(parts.group(2), port);
    return new DatabaseHost(
        null, url, parts.group(1) + "localhost:" + relay.port() + parts.group(4), relay);
  }

  /**
   * Takes a URL to pieces.
   *
   * @throws IllegalArgumentException if no relay can be put before that database
   */
  static Matcher partsOf(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a load test needs a database that is reached by TCP, such as"
              + " jdbc:postgresql://localhost/shop, but is given "
              + url);
    }
    return parts;
  }

  /** A fresh database, whose pool goes through the relay. */
  Database open() throws SQLException {
    if (url != null) {
      return Database.at(url, urlByRelay);
    }
    String name = UUID.randomUUID() + ";LOCK_TIMEOUT=10000";
    return Database.at("jdbc:h2:mem:" + name, urlByRelay + name);
  }

  @Override
  public void close() {
    relay.close();
    if (h2 != null) {
      h2.stop();
    }
  }
}
