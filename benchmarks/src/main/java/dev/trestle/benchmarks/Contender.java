package dev.trestle.benchmarks;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A benchmark method, with one value for each parameter of its class.
 *
 * @param type the class that JMH runs, which may inherit the method
 */
record Contender(Class<?> type, Method method, SortedMap<String, String> parameters) {
  String group() {
    return type.getPackageName().substring(Contender.class.getPackageName().length() + 1);
  }

  /** As in {@code hop.OneAtATime(work=empty)}. */
  String caseName() {
    String values =
        parameters.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
    return group() + "." + type.getSimpleName() + (values.isEmpty() ? "" : "(" + values + ")");
  }

  String name() {
    return method.getName();
  }

  boolean isLimit() {
    return name().startsWith("limit");
  }

  boolean isOurs() {
    return name().startsWith("trestle");
  }

  /** Whether ours are held against it: a peer that every supported JDK can run. */
  boolean isPeer() {
    return !isLimit() && !isOurs() && !isConditional();
  }

  boolean isConditional() {
    return method.isAnnotationPresent(Since.class);
  }

  boolean canRun() {
    int version = Runtime.version().feature();
    return Optional.ofNullable(type.getAnnotation(Since.class)).map(Since::value).orElse(0)
            <= version
        && Optional.ofNullable(method.getAnnotation(Since.class)).map(Since::value).orElse(0)
            <= version;
  }

  boolean isSampled() {
    return type.isAnnotationPresent(Sampled.class);
  }

  Optional<Bytes> gate() {
    return Optional.ofNullable(method.getAnnotation(Bytes.class));
  }

  /** How many bytes its gate allows on this JDK. */
  int allowed() {
    Bytes gate = gate().orElseThrow();
    boolean virtual = Runtime.version().feature() >= 24 && gate.onVirtualThreads() > 0;
    return virtual ? gate.onVirtualThreads() : gate.value();
  }

  /** Whether its parameters are those that its gate is for, as far as the gate says. */
  boolean isAtGate() {
    return gate().stream()
        .flatMap(gate -> Arrays.stream(gate.at()))
        .allMatch(at -> parameters.entrySet().stream().anyMatch(it -> it.toString().equals(at)));
  }

  Contender with(String parameter, String value) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(parameter, value);
    return new Contender(type, method, more);
  }

  /** Tells it from all others, also in what is saved. */
  @Override
  public String toString() {
    return caseName() + " " + name();
  }
}
