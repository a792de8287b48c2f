package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Exceptions that leave a method which promises a future. */
class SyncThrowTest {
  private static MarkedSource members(String text) {
    return MarkedSource.members("boolean closed; int limit;\n" + text)
        .rules("sync-throw")
        .only("sync-throw");
  }

  @Test
  void throwsOutOfAFutureReturningMethod() {
    MarkedSource source =
        members(
            """
            CompletableFuture<String> closed(String item) {
              if (closed) {
                throw new IllegalStateException("closed"); // finding: sync-throw
              }
              return save(item);
            }
            CompletionStage<String> stage(String item) {
              if (this.closed) throw new IllegalStateException(); // finding: sync-throw
              return save(item);
            }
            Future<String> checked(String item) throws java.io.IOException {
              if (test()) { throw new java.io.IOException("no disk"); } // finding: sync-throw
              return save(item);
            }
            CompletableFuture<String> wrapped(java.nio.file.Path path) {
              try {
                return save(java.nio.file.Files.readString(path));
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e); // finding: sync-throw
              }
            }
            CompletableFuture<String> looked(String item) {
              String found = items.get(0);
              if (found == null) { throw new NoSuchElementException(item); } // finding: sync-throw
              return save(found);
            }
            CompletableFuture<String> mixed(String item) {
              if (item.length() > limit) { throw new IllegalStateException(item); } // finding: sync-throw
              if (isClosed() && item.isEmpty()) { throw new IllegalStateException(); } // finding: sync-throw
              return save(item);
            }
            abstract boolean isClosed();
            CompletableFuture<String> notHere(String item) {
              try {
                if (closed) { throw new IllegalStateException(); } // finding: sync-throw
                return save(item);
              } catch (UnsupportedOperationException e) {
                return CompletableFuture.failedFuture(e);
              } finally {
                use(1);
              }
            }
            CompletableFuture<String> chosen(int number) {
              return switch (items.size()) {
                case 0 -> throw new NoSuchElementException(); // finding: sync-throw
                default -> save(number);
              };
            }
            """);
    source.check();
    assertThat(source.messages().get(0))
        .startsWith("this throw leaves closed(..), which returns a CompletableFuture")
        .contains("failedFuture(..)", "lint-rules/docs/sync-throw.md");
  }

  @Test
  void argumentChecksAreFine() {
    members(
            """
            static class BadRequest extends RuntimeException {}
            static final int MAX = 3;
            CompletableFuture<String> byType(String item, int number) {
              if (item == null) { throw new NullPointerException("item"); }
              if (number < 0) { throw new IllegalArgumentException("number"); }
              if (closed) { throw new IllegalArgumentException("closed"); }
              if (number > items.size()) { throw new IndexOutOfBoundsException(number); }
              if (number == 7) { throw new NumberFormatException("seven"); }
              Objects.requireNonNull(item);
              return save(item);
            }
            CompletableFuture<String> byCondition(String item, int number, Object any) {
              if (item.isBlank()) { throw new BadRequest(); }
              if (number > MAX || number < 0) { throw new BadRequest(); }
              if (!isValid(item)) { throw new BadRequest(); }
              if (!(any instanceof String s)) { throw new BadRequest(); }
              if (item.isEmpty()) {
                use(item);
                throw new BadRequest();
              } else if (number == 1) {
                throw new BadRequest();
              }
              return save(s);
            }
            CompletableFuture<String> each(List<String> names) {
              for (String name : names) {
                if (name.isEmpty()) { throw new BadRequest(); }
              }
              return save(names);
            }
            CompletableFuture<String> parsed(String id) {
              try {
                return save(Integer.parseInt(id));
              } catch (NumberFormatException e) {
                throw new BadRequest();
              }
            }
            CompletableFuture<String> chosen(int number) {
              switch (number) {
                case 1: return save(1);
                default: throw new BadRequest();
              }
            }
            abstract boolean isValid(String item);
            """)
        .check();
  }

  @Test
  void whatNeverLeavesTheMethodIsFine() {
    members(
            """
            CompletableFuture<String> caught(String item) {
              try {
                if (closed) { throw new IllegalStateException(); }
                return save(item);
              } catch (IllegalStateException e) {
                return CompletableFuture.failedFuture(e);
              }
            }
            CompletableFuture<String> caughtWider(String item) {
              try {
                if (closed) { throw new TimeoutException(); }
                return save(item);
              } catch (RuntimeException | TimeoutException e) {
                return CompletableFuture.failedFuture(e);
              }
            }
            CompletableFuture<String> inStage(String item) {
              return save(item).thenApply(x -> {
                if (closed) { throw new IllegalStateException(); }
                return x;
              });
            }
            CompletableFuture<String> inComposedStage(String item) {
              return save(item).thenCompose(x -> {
                if (closed) { throw new IllegalStateException(); }
                return save(x);
              });
            }
            CompletableFuture<String> inLocalClass(String item) {
              class Check {
                void check() { throw new IllegalStateException(); }
              }
              new Check().check();
              return save(item);
            }
            CompletableFuture<String> returned(String item) {
              return closed ? CompletableFuture.failedFuture(new IllegalStateException()) : save(item);
            }
            """)
        .check();
  }

  @Test
  void otherMethodsAndErrorsAreFine() {
    members(
            """
            String text() { throw new IllegalStateException(); }
            void nothing() { if (closed) { throw new IllegalStateException(); } }
            List<CompletableFuture<String>> list() { throw new IllegalStateException(); }
            Supplier<CompletableFuture<String>> supplier() {
              return () -> { throw new IllegalStateException(); };
            }
            CompletableFuture<String> missing() { throw new UnsupportedOperationException(); }
            CompletableFuture<String> notHere() { throw new IllegalStateException(); }
            CompletableFuture<String> announced() throws IllegalStateException {
              if (closed) { throw new IllegalStateException("see the signature"); }
              return save(1);
            }
            interface Response extends Flow.Publisher<String> {}
            Response response(Response r) {
              if (closed) { throw new IllegalStateException(); }
              return r;
            }
            CompletableFuture<String> impossible() { throw new AssertionError(); }
            Future<String> rejected() { throw new RejectedExecutionException("closed"); }
            """)
        .check();
  }

  @Test
  void itIsOffByDefault() {
    MarkedSource.members(
            """
            boolean b; CompletableFuture<String> fail() { if (b) throw new IllegalStateException(); return held; }
            """)
        .check();
  }
}
