package dev.trestle.examples.flow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes, and the chain that each has at either door; written once, and the same for both. */
final class Application {
  private static final Logger log = LoggerFactory.getLogger(Application.class);

  private final List<Middleware> everywhere;
  private final List<Route> routes = new ArrayList<>();
  private final Chain.Pair nowhere;

  /** What answers a request. */
  record Match(Request request, Chain.Pair chain) {}

  private record Route(String method, String path, Chain.Pair chain) {
    String name() {
      return method + " " + path;
    }

    /** The variables of a path that is this route's; null if it is not. */
    @Nullable Map<String, String> variablesOf(String actual) {
      String[] pattern = path.split("/", -1);
      String[] parts = actual.split("/", -1);
      if (parts.length != pattern.length) {
        return null;
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < parts.length; i++) {
        if (pattern[i].startsWith("{")) {
          variables.put(pattern[i].substring(1, pattern[i].length() - 1), parts[i]);
        } else if (!pattern[i].equals(parts[i])) {
          return null;
        }
      }
      return variables;
    }
  }

  /** An application without routes; the middleware is around all that it will have. */
  Application(Middleware... everywhere) {
    this.everywhere = List.of(everywhere);
    this.nowhere = Chain.of(this.everywhere, "the view", (PlainHandler) this::refuse);
  }

  Application blocking(String method, String path, BlockingHandler view, Middleware... around) {
    return add(method, path, view, around);
  }

  Application async(String method, String path, AsyncHandler view, Middleware... around) {
    return add(method, path, view, around);
  }

  Application plain(String method, String path, PlainHandler view, Middleware... around) {
    return add(method, path, view, around);
  }

  private Application add(String method, String path, Handler view, Middleware... around) {
    List<Middleware> all = Stream.concat(everywhere.stream(), Stream.of(around)).toList();
    routes.add(new Route(method, path, Chain.of(all, "the view", view)));
    return this;
  }

  Match find(Request request) {
    for (Route route : routes) {
      if (route.method.equals(request.method())) {
        Map<String, String> variables = route.variablesOf(request.path());
        if (variables != null) {
          return new Match(request.with(variables), route.chain);
        }
      }
    }
    return new Match(request, nowhere);
  }

  private Response refuse(Request request) {
    for (Route route : routes) {
      if (route.variablesOf(request.path()) != null) {
        throw Refusal.wrongMethod("there is no " + request.method() + " of " + request.path());
      }
    }
    throw Refusal.notFound("there is no " + request.path());
  }

  /** Which switches a request makes, for each route and door. */
  JsonArray switches() {
    JsonArray all = new JsonArray();
    for (Route route : routes) {
      all.add(
          new JsonObject()
              .put("route", route.name())
              .put("blocking", toJson(route.chain.blocking()))
              .put("async", toJson(route.chain.async())));
    }
    return all;
  }

  private static JsonArray toJson(Chain<?> chain) {
    return new JsonArray(chain.switches().stream().map(Switch::toJson).toList());
  }

  /** The same for a person to read. */
  List<String> describeSwitches() {
    List<String> lines = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Route route : routes) {
      if (route.chain.blocking().switches().isEmpty() && route.chain.async().switches().isEmpty()) {
        without.add(route.name());
      } else {
        lines.add(route.name());
        lines.add("  blocking door: " + describe(route.chain.blocking()));
        lines.add("  async door:    " + describe(route.chain.async()));
      }
    }
    lines.add("None at either door: " + String.join(", ", without));
    return lines;
  }

  private static String describe(Chain<?> chain) {
    return chain.switches().isEmpty()
        ? "no switch"
        : chain.switches().stream().map(Switch::toString).collect(Collectors.joining("; "));
  }

  void logSwitches() {
    describeSwitches().forEach(log::info);
  }
}
