package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Futures that are compared or printed in place of their values. */
class FutureAsValueTest {
  private static MarkedSource members(String text) {
    return MarkedSource.members(text).only("future-as-value");
  }

  @Test
  void equalsWithAValue() {
    MarkedSource source =
        members(
            """
            enum State { OPEN }
            abstract CompletableFuture<State> state();
            boolean snippet(CompletableFuture<String> f, String s, CompletableFuture<State> state,
                List<String> list, Future<Integer> number) {
              boolean found = f.equals("open"); // finding: future-as-value
              if (f.equals(s)) { return true; } // finding: future-as-value
              if (s.equals(f)) { return true; } // finding: future-as-value
              if ("open".equals(held)) { return true; } // finding: future-as-value
              if (state.equals(State.OPEN)) { return true; } // finding: future-as-value
              if (State.OPEN.equals((state))) { return true; } // finding: future-as-value
              if (!number.equals(1)) { return true; } // finding: future-as-value
              if (f.equals(list)) { return true; } // finding: future-as-value
              if (Objects.equals(f, s)) { return true; } // finding: future-as-value
              if (Objects.equals("open", held)) { return true; } // finding: future-as-value
              if (heldStage.equals(3)) { return true; } // finding: future-as-value
              return found || map.get("a").equals("b"); // finding: future-as-value
            }
            """);
    source.check();
    assertThat(source.messages().get(0))
        .startsWith("f is a CompletableFuture and is compared with a value")
        .contains("thenApply(value -> ...)", "lint-rules/docs/future-as-value.md");
  }

  @Test
  void partOfAText() {
    members(
            """
            String field = "v: " + held; // finding: future-as-value
            String snippet(CompletableFuture<String> f, StringBuilder builder) {
              use("v: " + f); // finding: future-as-value
              use(f + " is the value"); // finding: future-as-value
              use("a" + 1 + f + "b"); // finding: future-as-value
              use("first " + f + " second " + held); // finding: future-as-value // finding: future-as-value
              String s = "v: ";
              s += f; // finding: future-as-value
              s = s + (f); // finding: future-as-value
              use(String.valueOf(f)); // finding: future-as-value
              use(String.format("%s %s", s, f)); // finding: future-as-value
              use("%s".formatted(held)); // finding: future-as-value
              builder.append("v: ").append(f); // finding: future-as-value
              System.out.println("v: " + f); // finding: future-as-value
              Supplier<String> text = () -> "v: " + f; // finding: future-as-value
              return "v: " + map.get("a"); // finding: future-as-value
            }
            """)
        .check();
  }

  @Test
  void identityOfTwoFuturesIsFine() {
    members(
            """
            boolean snippet(CompletableFuture<String> f, Future<?> g, CompletionStage<String> stage,
                Object o, Object[] many) {
              if (f.equals(g) || g.equals(f) || f.equals(held) || stage.equals(f)) { return true; }
              if (Objects.equals(f, g) || Objects.equals(stage, heldStage)) { return true; }
              if (f == g || f != held || f == null || o == f) { return true; }
              if (f.equals(o) || o.equals(f) || Objects.equals(o, f)) { return true; }
              if (f.equals(null) || Objects.equals(f, null)) { return true; }
              return pending.contains(f) || Objects.hash(f) == 3 || Objects.deepEquals(many, pending);
            }
            <T> boolean generic(CompletableFuture<T> f, T value, Comparable<T> comparable) {
              return f.equals(value) || f.equals(comparable);
            }
            boolean runnable(Future<?> f, Runnable r) { return f.equals(r) || r.equals(f); }
            boolean values(CompletableFuture<String> f, String s) {
              return f.join().equals(s) || s.equals(f.getNow("")) || Objects.equals(s, f.join());
            }
            """)
        .check();
  }

  @Test
  void textsOfValuesAreFine() {
    members(
            """
            String snippet(CompletableFuture<String> f, CompletableFuture<Integer> n, String s) throws Exception {
              use("v: " + f.join() + n.get() + f.isDone());
              use(n.join() + 1, 1 + 2, "a" + s);
              use(String.valueOf(f.join()), String.format("%s", n.join()));
              use(f.thenApply(v -> "v: " + v), f.toString());
              System.out.println(f);
              s += n.join();
              int sum = 1;
              sum += n.join();
              return "size: " + pending.size() + sum;
            }
            """)
        .check();
  }

  @Test
  void descriptionsAndDiagnosesAreFine() {
    members(
            """
            interface Log { void debug(String s); void trace(String s, Object o); void info(String s); }
            CompletableFuture<String> closeFuture;
            abstract void assertNotNull(Object o, String message);
            abstract void checkState(boolean b, String message);
            @Override public String toString() { return "Snippet[" + held + "]"; }
            String toStringBase() { return "future=" + held; }
            void formatValue(StringBuilder b) { b.append(held); }
            interface Response extends Flow.Publisher<String> {}
            String publisher(Response r) { return "got " + r; }
            class Inner {
              public String toString() {
                return new StringBuilder("Inner[").append(held).append(String.valueOf(heldStage)).toString();
              }
            }
            void snippet(CompletableFuture<String> f, Log log) {
              if (test()) { throw new IllegalStateException("not done: " + f); }
              assert f.isDone() : "not done: " + f;
              CompletableFuture<String> future = f;
              log.debug("pending " + future);
              log.trace("pending " + future + " of " + closeFuture, f);
              log.debug("loaded " + f); // finding: future-as-value
              log.info("loaded " + future); // finding: future-as-value
              log.info("pending " + f); // finding: future-as-value
              assertNotNull(f.join(), "no value in " + f);
              checkState(f.isDone(), "not done: " + f);
              Exception e = new TimeoutException("late: " + f);
              Supplier<Exception> later = () -> new TimeoutException("late: " + f);
              use(e, later, Objects.requireNonNull(f, "no " + f));
            }
            """)
        .check();
  }

  @Test
  void futuresThatDescribeThemselvesAreFine() {
    members(
            """
            static class Job extends CompletableFuture<String> {
              String id;
              @Override public String toString() { return "Job " + id; }
              @Override public boolean equals(Object o) { return String.valueOf(o).equals(id); }
              @Override public int hashCode() { return 1; }
            }
            static class Special extends Job {}
            static class Plain extends CompletableFuture<String> {}
            void snippet(Job job, Special special, Plain plain) {
              use("started " + job, "started " + special);
              use(job.equals("id"), special.equals("id"));
              use("started " + plain); // finding: future-as-value
              use(plain.equals("id")); // finding: future-as-value
            }
            """)
        .check();
  }

  @Test
  void unAwaitedWinsForAFutureThatNobodyElseHas() {
    MarkedSource.method(
            """
            String s = "saved " + save(item); // finding: un-awaited
            if (save(item).equals("a")) { use(s); } // finding: un-awaited
            if (Objects.equals(save(item), "a")) { use(s); } // finding: un-awaited
            var f = save(number); // finding: un-awaited
            System.out.println("saving " + f);
            """)
        .check();
  }
}
