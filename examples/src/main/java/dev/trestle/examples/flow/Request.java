package dev.trestle.examples.flow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, the same at either door.
 *
 * @param parameters those of the query, and those of the path once it has found its route
 */
record Request(String method, String path, Map<String, String> parameters, Body body) {
  private static final int MAX_CUSTOMER = 40;

  /**
   * Reads the parameters of a query.
   *
   * @param query as it was sent, behind the question mark
   * @throws Refusal if it cannot be read
   */
  static Map<String, String> parametersOf(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          parameters.putIfAbsent(
              decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the query cannot be read: " + e.getMessage());
    }
  }

  Request with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(more);
    return new Request(method, path, all, body);
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  String customer() {
    String name = parameter("customer");
    if (name == null || name.isBlank() || name.length() > MAX_CUSTOMER) {
      throw Refusal.badRequest("customer must be a name of 1 to " + MAX_CUSTOMER + " characters");
    }
    return name;
  }

  /** A parameter that is a whole number from 1 to the given one. */
  int number(String name, int most) {
    String text = parameter(name);
    try {
      int value = Integer.parseInt(String.valueOf(text));
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Refusal.badRequest(
        name
            + " must be a whole number from 1 to "
            + most
            + ", but is "
            + (text == null ? "missing" : "'" + text + "'"));
  }
}
